import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveDittoFs } from "../testing/a-live-dittofs.ts";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { adapterChanges, wantedAdapters } from "./adapters.ts";

const files = { cert_file: "/nfs-tls/tls.crt", key_file: "/nfs-tls/tls.key" };
const secured = aServer({
  nfs: { ...defaultSpec.nfs, tls: { certSecretName: "nfs-tls", mode: "require" } },
});
const mutual = aServer({
  nfs: { ...defaultSpec.nfs, tls: { certSecretName: "nfs-tls", clientCASecretName: "ca", mode: "require" } },
});
const mounted = ["nfs-tls"];
const ours = { tls: { ...files, mode: "require" } };
const theirs = { tls: { cert_file: "/by/hand.crt", key_file: "/by/hand.key" } };

type Row = {
  readonly server: typeof secured;
  readonly volumes?: readonly string[];
  readonly live?: Readonly<Record<string, unknown>>;
  readonly isOff?: boolean;
  /** By call, whether it is switched on and the configuration. */
  readonly calls: readonly unknown[];
  readonly because: string;
};

const rows: readonly Row[] = [
  { server: aServer(), calls: [], because: "nothing is asked for and nothing is there" },
  { server: aServer(), live: theirs, calls: [], because: "what was set by hand is left alone" },
  { server: secured, calls: [], because: "the pod of the earlier spec lacks the files" },
  {
    server: secured,
    volumes: mounted,
    calls: [
      [false, ours],
      [true, ours],
    ],
    because: "a listener keeps the TLS that it began with",
  },
  { server: secured, volumes: mounted, live: ours, calls: [], because: "it is as wanted" },
  {
    server: secured,
    volumes: mounted,
    live: { tls: { ...ours.tls, min_version: "", client_ca: "" } },
    calls: [],
    because: "what is empty is not there",
  },
  {
    server: secured,
    volumes: mounted,
    live: { bind_address: "::", tls: { ...ours.tls, mode: "opportunistic" } },
    calls: [
      [false, { bind_address: "::", ...ours }],
      [true, { bind_address: "::", ...ours }],
    ],
    because: "another mode acts as TLS does, and the rest of the configuration stays",
  },
  { server: secured, volumes: mounted, isOff: true, calls: [[true, ours]], because: "it is off already" },
  { server: mutual, volumes: mounted, calls: [], because: "the authority is not mounted yet" },
  {
    server: aServer(),
    live: { ...ours, bind_address: "::" },
    calls: [
      [false, { bind_address: "::" }],
      [true, { bind_address: "::" }],
    ],
    because: "its files are about to go",
  },
];

for (const { server, volumes = [], live, isOff = false, calls, because } of rows) {
  test(`NFS gets ${JSON.stringify(calls)}, because ${because} (measured E)`, () => {
    const [change] = adapterChanges(
      wantedAdapters(server, new Set(volumes)),
      aLiveDittoFs({
        adapters: [
          {
            type: "nfs",
            enabled: !isOff,
            port: 12_049,
            health: { status: "healthy", message: "" },
            ...(live && { config: live }),
          },
        ],
      }),
    );
    assert.deepEqual(
      change?.calls.map(({ body }) => [body.enabled, body.config]),
      calls,
    );
  });
}
