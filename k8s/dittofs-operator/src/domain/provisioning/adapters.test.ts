import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveAdapter, aLiveDittoFs } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import { adapterChanges, type WantedAdapter, wantedAdapters } from "./adapters.ts";
import type { LiveAdapter } from "./live-dittofs.ts";

test("a server wants NFS on 12049 and SMB on 12445 unless its spec says otherwise", () => {
  assert.deepEqual(wantedAdapters(aServer()), [
    { type: "nfs", enabled: true, port: 12_049, tls: {} },
    { type: "smb", enabled: true, port: 12_445 },
  ]);
  const off = aServer({ smb: { enabled: false, port: 445, containerPort: 4450 } });
  assert.deepEqual(wantedAdapters(off)[1], { type: "smb", enabled: false, port: 4450 });
});

type Row = {
  readonly name: string;
  readonly wanted: Partial<WantedAdapter>;
  readonly live: readonly LiveAdapter[];
  readonly calls: readonly unknown[];
  readonly what: string;
  readonly because: string;
};

const smb = (changes: Partial<LiveAdapter> = {}): LiveAdapter =>
  aLiveAdapter({ type: "smb", port: 12_445, ...changes });
const put = (enabled: boolean, port: number) => ({ name: "putAdapter", body: { type: "smb", enabled, port } });

const rows: readonly Row[] = [
  {
    name: "an adapter as wanted is not touched",
    wanted: {},
    live: [smb()],
    calls: [],
    what: "",
    because: "a PUT may cut its clients off",
  },
  {
    name: "a fresh server's SMB port is moved",
    wanted: {},
    live: [smb({ port: 1445 })],
    calls: [put(true, 12_445)],
    what: "port 1445 -> 12445",
    because: "a fresh database has 1445",
  },
  {
    name: "port 0 is spelled out",
    wanted: {},
    live: [smb({ port: 0 })],
    calls: [put(true, 12_445)],
    what: "port 0 -> 12445",
    because: "what 0 means is the server's choice",
  },
  {
    name: "an adapter that was switched off by hand is switched on again",
    wanted: {},
    live: [smb({ enabled: false })],
    calls: [put(true, 12_445)],
    what: "switched on",
    because: "the spec owns it",
  },
  {
    name: "an adapter that the spec does not want is switched off, whatever its port",
    wanted: { enabled: false },
    live: [smb({ port: 1445 })],
    calls: [put(false, 12_445)],
    what: "switched off",
    because: "DELETE would bring it back at the next start",
  },
  {
    name: "the port of an adapter that is off does not matter",
    wanted: { enabled: false },
    live: [smb({ enabled: false, port: 1445 })],
    calls: [],
    what: "",
    because: "nothing listens",
  },
  {
    name: "an adapter whose row was deleted is created",
    wanted: {},
    live: [],
    calls: [{ name: "createAdapter", body: { type: "smb", enabled: true, port: 12_445 } }],
    what: "created on port 12445",
    because: "PUT answers 404 for it",
  },
  {
    name: "an adapter that is neither there nor wanted stays away",
    wanted: { enabled: false },
    live: [],
    calls: [],
    what: "",
    because: "POST would start it even with enabled: false",
  },
  {
    name: "an adapter of a kind that is not known here is left alone",
    wanted: {},
    live: [smb(), aLiveAdapter({ type: "webdav", enabled: false })],
    calls: [],
    what: "",
    because: "a later server may have more",
  },
];

for (const { name, wanted, live, calls, what, because } of rows) {
  test(name, () => {
    const [change] = adapterChanges(
      [{ type: "smb", enabled: true, port: 12_445, ...wanted }],
      aLiveDittoFs({ adapters: live }),
    );
    assert.deepEqual(change?.calls, calls, because);
    assert.equal(change?.what, what, because);
  });
}
