import assert from "node:assert/strict";
import { test } from "node:test";
import type { PersistentVolumeClaim } from "kubernetes-types/core/v1";
import type { ChildOutcome } from "../child-outcome.ts";
import { aServer } from "../testing/a-server.ts";
import { aBoundClaim, aPass, aServingWorld, aStorageClass } from "../testing/a-world.ts";
import type { World } from "../world.ts";
import { progressing } from "./progressing.ts";
import { storageReady } from "./storage-ready.ts";

const name = "controlplane-files-0";
const server = aServer({ storage: { accessMode: "ReadWriteOnce", controlPlaneSize: "2Gi" } });
const classes = [aStorageClass("standard", { isDefault: true }), aStorageClass("fixed", { canGrow: false })];
const grows = (status: PersistentVolumeClaim["status"] = {}): PersistentVolumeClaim => ({
  ...aBoundClaim(name, "2Gi"),
  status: { phase: "Bound", capacity: { storage: "1Gi" }, ...status },
});
const refused: ChildOutcome = {
  kind: "PersistentVolumeClaim",
  name,
  result: { kind: "refused", message: "exceeded quota: disks" },
};

type Row = {
  readonly name: string;
  readonly before: Partial<World>;
  readonly outcomes?: readonly ChildOutcome[];
  readonly after: RegExp;
  readonly because: string;
};

const rows: readonly Row[] = [
  {
    name: "volumes of the wanted size are ready",
    before: {},
    after: /^True\/Bound/,
    because: "nothing is missing",
  },
  {
    name: "a volume that has been told to grow is not ready before it has",
    before: { claims: [aBoundClaim(name, "1Gi")] },
    after: /^False\/Expanding: PersistentVolumeClaim controlplane-files-0 grows from 1Gi to 2Gi\. If/,
    because: "the spec asks for more than there is",
  },
  {
    name: "what the provisioner says of the growth is passed on",
    before: {
      claims: [grows({ conditions: [{ type: "ControllerResizeError", status: "True", message: "out of disks" }] })],
    },
    after: /^False\/Expanding: .* to 2Gi \(ControllerResizeError: out of disks\)/,
    because: "it ends only when somebody acts",
  },
  {
    name: "a volume that is larger than wanted is ready",
    before: { claims: [aBoundClaim(name, "9Gi")] },
    after: /^True\/Bound/,
    because: "a volume never shrinks",
  },
  {
    name: "a growth that the API server refuses is told with its words",
    before: { claims: [aBoundClaim(name, "1Gi")] },
    outcomes: [refused],
    after: /^False\/ApplyRefused: .*controlplane-files-0 grow: exceeded quota: disks/,
    because: "it ends only when somebody acts",
  },
  {
    name: "a growth that the class does not allow is told",
    before: { claims: [aBoundClaim(name, "1Gi", "fixed")] },
    after: /^False\/ExpansionUnsupported/,
    because: "it ends only when somebody acts",
  },
  {
    name: "a lost volume comes before everything else",
    before: { claims: [{ ...aBoundClaim(name, "1Gi", "fixed"), status: { phase: "Lost" } }], storageClasses: [] },
    after: /^False\/ClaimLost/,
    because: "data is missing",
  },
  {
    name: "a missing class comes before the claim that waits for it",
    before: { claims: [], storageClasses: [] },
    after: /^False\/StorageClassNotFound/,
    because: "the claim waits because of it",
  },
];
for (const row of rows) {
  test(row.name, () => {
    const pass = aPass(aServingWorld({ server, storageClasses: classes, ...row.before }), row.outcomes);
    const { status, reason, message } = storageReady(pass);
    assert.match(`${status}/${reason}: ${message}`, row.after, row.because);
  });
}

test("a growth is progress that needs nobody; one that cannot be is not", () => {
  const told = (claims: World["claims"]): string => {
    const { status, reason } = progressing(aPass(aServingWorld({ server, storageClasses: classes, claims })), false);
    return `${status}/${reason}`;
  };
  assert.equal(told([grows()]), "True/Expanding");
  assert.equal(told([aBoundClaim(name, "1Gi", "fixed")]), "False/Waiting");
});
