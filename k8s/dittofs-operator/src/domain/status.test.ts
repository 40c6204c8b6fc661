import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConditionType } from "../api/conditions.ts";
import type { ChildOutcome } from "./child-outcome.ts";
import { conditionVerdicts, status } from "./status.ts";
import { aServer } from "./testing/a-server.ts";
import { aBoundClaim, anAnswer, aPass, aReadyPod, aServingWorld } from "./testing/a-world.ts";
import type { World } from "./world.ts";

type Row = {
  readonly name: string;
  readonly before: Partial<World>;
  readonly outcomes?: readonly ChildOutcome[];
  readonly after: Partial<Record<ConditionType, string>>;
  readonly because: string;
};

const share = { name: "/export", defaultPermission: "read-write" } as const;
const pod = aReadyPod();
const waiting = (reason: string): World["pod"] => ({
  ...pod,
  status: {
    containerStatuses: [
      {
        name: "dittofs",
        image: "dittofs:typo",
        imageID: "",
        ready: false,
        restartCount: 7,
        state: { waiting: { reason, message: "no such image" } },
      },
    ],
  },
});
const withSecret = aServer({
  shares: [share],
  identity: {
    jwt: { secretRef: { name: "mine", key: "secret" }, accessTokenDuration: "15m", refreshTokenDuration: "168h" },
    admin: { username: "admin" },
  },
});

const rows: readonly Row[] = [
  {
    name: "a server of which everything is as wanted is Ready",
    before: {},
    after: { Ready: "True/Serving", Progressing: "False/Settled", Degraded: "False/AsWanted" },
    because: "a client can mount now",
  },
  {
    name: "a stopped server is not Ready and says how to start it",
    before: { server: aServer({ replicas: 0 }), pod: undefined },
    after: { Ready: "False/Stopped", Available: "False/Stopped" },
    because: "Ready=True means that a client can mount",
  },
  {
    name: "a pod that has not come up keeps the server from being Ready",
    before: { pod: undefined },
    after: { Ready: "False/PodPending", Available: "False/PodPending" },
    because: "nothing serves",
  },
  {
    name: "an image that cannot be pulled is named as the reason",
    before: { pod: waiting("ImagePullBackOff") },
    after: { Available: "False/ImagePullFailed", Ready: "False/ImagePullFailed" },
    because: "waiting does not help",
  },
  {
    name: "a process that ends again and again is named as the reason",
    before: { pod: waiting("CrashLoopBackOff") },
    after: { Available: "False/PodCrashLooping" },
    because: "waiting does not help",
  },
  {
    name: "a claim without a volume keeps StorageReady False",
    before: { claims: [] },
    after: { StorageReady: "False/ClaimPending", Ready: "False/ClaimPending" },
    because: "the pod cannot start without it",
  },
  {
    name: "a claim that lost its volume is never called bound",
    before: { claims: [{ ...aBoundClaim("controlplane-files-0"), status: { phase: "Lost" } }] },
    after: { StorageReady: "False/ClaimLost" },
    because: "data is missing",
  },
  {
    name: "a Secret that the spec names and nobody made is told first",
    before: { server: withSecret, secrets: new Map([["mine", { kind: "absent" }]]) },
    after: { ConfigReady: "False/SecretNotFound", Available: "True/PodReady" },
    because: "the running pod is left alone",
  },
  {
    name: "a Secret without the key is told",
    before: { server: withSecret, secrets: new Map([["mine", { kind: "present", keys: new Map() }]]) },
    after: { ConfigReady: "False/SecretKeyMissing" },
    because: "the next pod could not start",
  },
  {
    name: "a signing secret of five bytes is told",
    before: {
      server: withSecret,
      secrets: new Map([["mine", { kind: "present", keys: new Map([["secret", { digest: "d", lengthBytes: 5 }]]) }]]),
    },
    after: { ConfigReady: "False/SecretInvalid" },
    because: "the server refuses to start below 32",
  },
  {
    name: "a foreign object with a child's name is a conflict",
    before: {},
    outcomes: [{ kind: "Service", name: "files-api", result: { kind: "nameConflict", holder: "nobody" } }],
    after: { ConfigReady: "False/NameConflict", Ready: "False/NameConflict" },
    because: "it was not touched and the server lacks its Service",
  },
  {
    name: "a child that the API server refuses is named",
    before: {},
    outcomes: [{ kind: "Service", name: "files-api", result: { kind: "refused", message: "spec.ports: too many" } }],
    after: { ConfigReady: "False/ApplyRefused" },
    because: "only the user can mend it",
  },
  {
    name: "a StatefulSet that this pass has just changed is rolling out",
    before: { dittofs: anAnswer({ generation: 0 }) },
    outcomes: [
      { kind: "StatefulSet", name: "files", result: { kind: "applied", paths: ["spec.template"], created: false } },
    ],
    after: { Progressing: "True/RollingOut" },
    because: "the world was read before the write",
  },
  {
    name: "an API that does not answer makes Provisioned False",
    before: { dittofs: { kind: "unreachable", sinceMs: 0, message: "connection refused." } },
    after: { Provisioned: "False/ApiUnreachable", Ready: "False/ApiUnreachable" },
    because: "nobody knows whether the shares are there",
  },
  {
    name: "a refused login says so",
    before: { dittofs: { kind: "loginFailed", message: "The password of Secret files-admin is not the server's." } },
    after: { Provisioned: "False/AdminLoginFailed" },
    because: "retrying fast would not help",
  },
  {
    name: "a failed share makes Provisioned False",
    before: {
      dittofs: anAnswer({
        outcomes: [{ family: "share", name: "/export", result: { kind: "failed", message: "no." } }],
        shares: [],
      }),
    },
    after: { Provisioned: "False/ShareFailed" },
    because: "the spec is not fulfilled",
  },
  {
    name: "an answer about an earlier generation proves nothing",
    before: { dittofs: anAnswer({ generation: 0 }) },
    after: { Provisioned: "Unknown/NotObservedYet", Ready: "False/NotObservedYet" },
    because: "the spec has changed since",
  },
  {
    name: "a new pod has to be asked before the server is Ready again",
    before: { dittofs: { kind: "notAsked", because: "podChanged" } },
    after: { Provisioned: "Unknown/NotObservedYet" },
    because: "memory stores are empty after a restart",
  },
  {
    name: "an adapter that does not listen degrades the server",
    before: {
      dittofs: anAnswer({ adapters: [{ type: "smb", port: 12_445, isServing: false, message: "port in use" }] }),
    },
    after: { Degraded: "True/AdapterFailed" },
    because: "NFS still serves",
  },
];

for (const { name, before, outcomes = [], after, because } of rows) {
  test(name, () => {
    const verdicts = conditionVerdicts(aPass(aServingWorld(before), outcomes));
    for (const [type, wanted] of Object.entries(after)) {
      const verdict = verdicts[type as ConditionType]; // the rows' keys are condition types
      assert.equal(`${verdict.status}/${verdict.reason}`, wanted, `${type}: ${because} (message: ${verdict.message})`);
    }
  });
}

test("a restarted operator repeats what its predecessor said of the shares until it has asked", () => {
  const world = aServingWorld();
  const before = status(aPass(world));
  const restarted = aServingWorld({
    server: { ...world.server, status: before },
    dittofs: { kind: "notAsked", because: "operatorStarted" },
  });
  assert.deepEqual(status(aPass(restarted)), before);
});

test("a restarted operator does not repeat what was said of an earlier generation", () => {
  const world = aServingWorld();
  const server = {
    ...world.server,
    metadata: { ...world.server.metadata, generation: 2 },
    status: status(aPass(world)),
  };
  const verdicts = conditionVerdicts(
    aPass(aServingWorld({ server, dittofs: { kind: "notAsked", because: "operatorStarted" } })),
  );
  assert.equal(verdicts.Provisioned.status, "Unknown");
});

test("a server that is being deleted is not Ready, whatever still runs", () => {
  const server = aServer({ shares: [share] }, { deletionTimestamp: "2026-01-01T00:09:00Z" });
  const verdicts = conditionVerdicts(aPass(aServingWorld({ server })));
  assert.equal(`${verdicts.Ready.status}/${verdicts.Ready.reason}`, "False/Deleting");
  assert.equal(verdicts.Progressing.status, "True");
});

test("lastTransitionTime moves only with the status of a condition", () => {
  const world = aServingWorld();
  const first = status(aPass(world));
  const later = aServingWorld({
    server: { ...world.server, status: first },
    nowMs: world.nowMs + 60_000,
    pod: undefined,
  });
  const moved = (status(aPass(later)).conditions ?? [])
    .filter(({ lastTransitionTime }) => lastTransitionTime === "2026-01-01T00:11:00Z")
    .map(({ type }) => type);
  assert.deepEqual(moved.toSorted(), ["Available", "Progressing", "Ready"]);
});

test("a status wiped by hand is computed anew, the same but for transition times", () => {
  const withoutTimes = (value: unknown) =>
    JSON.stringify(value, (key, each: unknown) => (key === "lastTransitionTime" ? undefined : each));
  const world = aServingWorld();
  const first = status(aPass(world));
  assert.equal(withoutTimes(status(aPass(aServingWorld({ nowMs: world.nowMs + 1 })))), withoutTimes(first));
});

test("phase and version are read from spec and image", () => {
  assert.equal(status(aPass(aServingWorld())).phase, "Running");
  assert.equal(
    status(aPass(aServingWorld({ server: aServer({ image: "host:5000/x/dittofs:v1.2@sha256:abc" }) }))).version,
    "v1.2",
  );
  assert.equal(status(aPass(aServingWorld({ server: aServer({ replicas: 0 }) }))).phase, "Stopped");
  assert.equal(
    status(aPass(aServingWorld({ server: aServer({}, { deletionTimestamp: "2026-01-01T00:00:00Z" }) }))).phase,
    "Deleting",
  );
});

test("while the API does not answer the shares of before stay in status", () => {
  const world = aServingWorld();
  const before = status(aPass(world));
  const after = status(
    aPass(
      aServingWorld({
        server: { ...world.server, status: before },
        dittofs: { kind: "unreachable", sinceMs: 1, message: "timeout" },
      }),
    ),
  );
  assert.deepEqual(after.shares, before.shares);
});

test("two hundred shares keep the status bounded", () => {
  const shares = Array.from({ length: 200 }, (_, index) => ({ name: `/share-${index}` }));
  const after = status(aPass(aServingWorld({ server: aServer({ shares }), dittofs: anAnswer({ shares: [] }) })));
  assert.equal(after.shares?.length, 64);
  assert.equal(after.shareCount, 200);
  assert.ok(JSON.stringify(after).length < 64 * 1024);
});
