import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveAdapter, aLiveDittoFs, aLiveShare, healthy } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import type { LiveAdapter, LiveShare } from "./live-dittofs.ts";
import { wantedDittoFs } from "./provisioning.ts";
import { adaptersSeen, sharesSeen } from "./served.ts";

const onlyNfs = wantedDittoFs(aServer({ smb: { enabled: false, port: 445, containerPort: 12_445 } }));
const stale = { updatedAtMs: 2000, health: { ...healthy, checkedAtMs: 1000 } };

const adapterRows: readonly {
  readonly name: string;
  readonly live: readonly LiveAdapter[];
  readonly proven?: readonly string[];
  readonly message: RegExp;
}[] = [
  { name: "a healthy adapter on the wanted port serves", live: [aLiveAdapter()], message: /^$/ },
  { name: "an adapter that is missing does not serve", live: [], message: /does not have it/ },
  { name: "an adapter on another port does not serve", live: [aLiveAdapter({ port: 1 })], message: /is on port 1\./ },
  { name: "an adapter that is off does not serve", live: [aLiveAdapter({ enabled: false })], message: /switched off/ },
  {
    name: "an adapter that could not bind says what to do",
    live: [aLiveAdapter({ health: { status: "unknown", message: "nfs adapter has not started yet" } })],
    message: /reports unknown \("nfs adapter has not started yet"\).*restarted-at, or choose another containerPort/,
  },
  {
    name: "a report from before the last change proves nothing",
    live: [aLiveAdapter(stale)],
    message: /not checked it since its last change/,
  },
  {
    name: "an open port proves what an old report cannot",
    live: [aLiveAdapter(stale)],
    proven: ["nfs"],
    message: /^$/,
  },
  {
    name: "an open port does not overrule a fresh report",
    live: [aLiveAdapter({ health: { status: "unknown", message: "" } })],
    proven: ["nfs"],
    message: /reports unknown\./,
  },
  {
    name: "a report from after the last change counts",
    live: [aLiveAdapter({ updatedAtMs: 1000, health: { ...healthy, checkedAtMs: 2000 } })],
    message: /^$/,
  },
];

for (const { name, live, proven, message } of adapterRows) {
  test(name, () => {
    const seen = adaptersSeen(onlyNfs, aLiveDittoFs({ adapters: live }), new Set(proven));
    assert.deepEqual(
      seen.map(({ type, port, isServing }) => [type, port, isServing]),
      [["nfs", 12_049, message.test("")]],
      "adapters that the spec switches off are not listed",
    );
    assert.match(seen[0]?.message ?? "", message);
  });
}

const shareRows: readonly { readonly name: string; readonly live: readonly LiveShare[]; readonly message: RegExp }[] = [
  { name: "a healthy share serves", live: [aLiveShare()], message: /^$/ },
  {
    name: "a degraded share serves",
    live: [aLiveShare({ health: { status: "degraded", message: "slow" } })],
    message: /^$/,
  },
  { name: "a share that is not there does not serve", live: [], message: /does not have it/ },
  { name: "a disabled share does not serve", live: [aLiveShare({ enabled: false })], message: /is disabled/ },
  {
    name: "a share that was stored and not loaded says what to do",
    live: [aLiveShare({ health: { status: "unknown", message: "share not found" } })],
    message: /could not load it and reports unknown \("share not found"\)\. Correct the cause, then restart the server/,
  },
  {
    name: "an unhealthy share says what the server reports",
    live: [aLiveShare({ health: { status: "unhealthy", message: "disk gone" } })],
    message: /reports unhealthy \("disk gone"\)/,
  },
];

for (const { name, live, message } of shareRows) {
  test(name, () => {
    const wanted = wantedDittoFs(aServer({ shares: [{ name: "/export" }] }));
    const seen = sharesSeen(wanted, aLiveDittoFs({ shares: [...live, aLiveShare({ name: "/by-hand" })] }));
    assert.deepEqual(
      seen.map((share) => [share.name, share.isServing]),
      [["/export", message.test("")]],
      "only declared shares are listed",
    );
    assert.match(seen[0]?.message ?? "", message);
  });
}
