import assert from "node:assert/strict";
import { test } from "node:test";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { DittoServerSpec } from "../api/ditto-server.ts";
import { kerberosEnd } from "./kerberos-end.ts";
import { plan } from "./plan.ts";
import { aServer, defaultSpec } from "./testing/a-server.ts";
import { anAnswer, aServingWorld } from "./testing/a-world.ts";
import { plannedStatefulSet } from "./testing/planned-children.ts";
import type { World } from "./world.ts";

type Kerberos = NonNullable<DittoServerSpec["identity"]["kerberos"]>;

const kerberos: Kerberos = {
  enabled: true,
  servicePrincipal: "nfs/files@R",
  keytabSecretRef: { name: "keytab", key: "dittofs.keytab" },
  machineAccount: { enabled: true, accountName: "FILES$", secretRef: { name: "account", key: "password" } },
};
const serverWith = (wanted: Kerberos | undefined) =>
  aServer({ identity: { ...defaultSpec.identity, ...(wanted !== undefined && { kerberos: wanted }) } });
const live = plannedStatefulSet(serverWith(kerberos)) as unknown as StatefulSet; // a wanted StatefulSet is never written to
const liveAlone = plannedStatefulSet(serverWith(undefined)) as unknown as StatefulSet; // likewise

const rows: readonly {
  readonly name: string;
  readonly wanted: Kerberos | undefined;
  readonly live: StatefulSet | undefined;
  readonly dittofs: World["dittofs"];
  readonly isKept: boolean;
}[] = [
  {
    name: "a pod keeps the keytab that the spec names no more until the server says that Kerberos is off",
    wanted: undefined,
    live,
    dittofs: anAnswer({ isKerberosOn: true }),
    isKept: true,
  },
  {
    name: "a server that nobody could ask keeps it",
    wanted: undefined,
    live,
    dittofs: { kind: "notAsked", because: "podChanged" },
    isKept: true,
  },
  { name: "a server of which nothing is known keeps it", wanted: undefined, live, dittofs: anAnswer(), isKept: true },
  {
    name: "once Kerberos is off the keytab goes",
    wanted: undefined,
    live,
    dittofs: anAnswer({ isKerberosOn: false }),
    isKept: false,
  },
  {
    name: "Kerberos that is wanted ends nothing",
    wanted: kerberos,
    live,
    dittofs: anAnswer({ isKerberosOn: true }),
    isKept: false,
  },
  { name: "a pod without a keytab keeps none", wanted: undefined, live: liveAlone, dittofs: anAnswer(), isKept: false },
  { name: "a new server has nothing to keep", wanted: undefined, live: undefined, dittofs: anAnswer(), isKept: false },
];

for (const { name, wanted, live: present, dittofs, isKept } of rows) {
  test(name, () => {
    assert.equal(kerberosEnd({ server: serverWith(wanted), live: present, dittofs }) !== undefined, isKept);
  });
}

function templateOf(dittofs: World["dittofs"]): unknown {
  const world = aServingWorld({ server: serverWith(kerberos) });
  const after = { ...world, server: serverWith(undefined), secrets: new Map(), dittofs };
  const planned = plan(after, () => "").children.find(({ kind }) => kind === "StatefulSet");
  return planned?.kind === "StatefulSet" ? planned.spec?.template : undefined;
}

test("until then nothing of the pod changes, although its Secrets may be gone: one restart is enough", () => {
  assert.deepEqual(templateOf(anAnswer({ isKerberosOn: true })), live.spec?.template);
});

test("and then the pod is as if Kerberos had never been asked for", () => {
  assert.deepEqual(templateOf(anAnswer({ isKerberosOn: false })), liveAlone.spec?.template);
});
