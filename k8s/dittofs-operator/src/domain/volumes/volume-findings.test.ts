import assert from "node:assert/strict";
import { test } from "node:test";
import type { PersistentVolumeClaim } from "kubernetes-types/core/v1";
import type { StorageClass } from "kubernetes-types/storage/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { aServer } from "../testing/a-server.ts";
import { aBoundClaim, aStorageClass } from "../testing/a-world.ts";
import { volumeFindings } from "./volume-findings.ts";
import { wantedVolumes } from "./wanted-volumes.ts";

type Before = {
  readonly className?: string;
  readonly ownClassName?: string;
  readonly size?: string;
  readonly claim?: PersistentVolumeClaim;
  readonly classes?: readonly StorageClass[];
};
type Row = {
  readonly name: string;
  readonly before: Before;
  readonly after: RegExp | "fine";
  readonly because: string;
};

const standard = aStorageClass("standard", { isDefault: true });
const fixed = aStorageClass("fixed", { canGrow: false });
const name = "controlplane-files-0";
const bound = (className: string) => aBoundClaim(name, "1Gi", className);
const pending = (className: string | undefined): PersistentVolumeClaim => {
  const { storageClassName: _, ...spec } = bound("").spec ?? {};
  return {
    ...bound(""),
    spec: className === undefined ? spec : { ...spec, storageClassName: className },
    status: { phase: "Pending" },
  };
};

function server({ className, ownClassName, size = "1Gi" }: Before): DittoServer {
  const named = {
    ...(className !== undefined && { storageClassName: className }),
    ...(ownClassName !== undefined && { classes: { controlPlane: ownClassName } }),
  };
  return aServer({ storage: { accessMode: "ReadWriteOnce", controlPlaneSize: size, ...named } });
}

function told(before: Before): string {
  const { claim, classes: storageClasses = [standard, fixed] } = before;
  const volumes = wantedVolumes({
    server: server(before),
    claims: claim === undefined ? [] : [claim],
    storageClasses,
  });
  const findings = volumeFindings({ volumes, storageClasses });
  return findings.map(({ reason, message }) => `${reason}: ${message}`).join("\n");
}

const rows: readonly Row[] = [
  {
    name: "a class that exists is fine",
    before: { className: "fixed" },
    after: "fine",
    because: "the volume can be made",
  },
  {
    name: "the default class is fine when none is named",
    before: {},
    after: "fine",
    because: "the volume can be made",
  },
  {
    name: "a class that does not exist is named with those that do",
    before: { className: "typo" },
    after:
      /^StorageClassNotFound: StorageClass typo of PersistentVolumeClaim controlplane-files-0 .*\(fixed, standard\)/,
    because: "its claim would wait for ever",
  },
  {
    name: "the class of one volume counts for it before that of all",
    before: { className: "typo", ownClassName: "fixed" },
    after: "fine",
    because: "the volume can be made",
  },
  {
    name: "a class of one volume that does not exist is named with its claim",
    before: { className: "fixed", ownClassName: "typo" },
    after: /^StorageClassNotFound: StorageClass typo of PersistentVolumeClaim controlplane-files-0 /,
    because: "its claim would wait for ever",
  },
  {
    name: "a missing default class is told with the classes to choose from",
    before: { classes: [fixed] },
    after:
      /^StorageClassNotFound: No StorageClass is named .* no default one\. .*spec\.storage\.classes\.controlPlane, to one that exists \(fixed\), or make one of them the default/,
    because: "its claim would wait for ever",
  },
  {
    name: "a cluster without classes is told to need a provisioner",
    before: { classes: [] },
    after: /no StorageClass at all: install a volume provisioner/,
    because: "no other class can be proposed",
  },
  {
    name: "a bound claim needs its class no more",
    before: { className: "gone", claim: bound("gone") },
    after: "fine",
    because: "its disk is there",
  },
  {
    name: "a claim that waits still needs its class",
    before: { claim: pending("gone") },
    after: /^StorageClassNotFound: StorageClass gone /,
    because: "nobody makes its disk",
  },
  {
    name: "a claim that waits without a class needs a default one",
    before: { claim: pending(undefined), classes: [fixed] },
    after: /^StorageClassNotFound: No StorageClass is named/,
    because: "Kubernetes gives it the default class as soon as there is one",
  },
  {
    name: "a claim that asks for no class is left to whoever makes its volume by hand",
    before: { claim: pending(""), classes: [] },
    after: "fine",
    because: "an empty class name means just that",
  },
  {
    name: "a growth that the class does not allow names class and claim",
    before: { size: "2Gi", claim: bound("fixed") },
    after:
      /^ExpansionUnsupported: .*controlplane-files-0 cannot grow from 1Gi to 2Gi: its StorageClass fixed has no allow/,
    because: "it ends only when somebody changes the class",
  },
  {
    name: "a growth whose class is gone says so",
    before: { size: "2Gi", claim: bound("gone") },
    after: /^ExpansionUnsupported: .*its StorageClass gone does not exist/,
    because: "Kubernetes asks the class",
  },
  {
    name: "a growth of a volume that was made by hand says so",
    before: { size: "2Gi", claim: bound("") },
    after: /^ExpansionUnsupported: .*has no StorageClass/,
    because: "there is no provisioner to do it",
  },
  {
    name: "a growth that the class allows is fine",
    before: { size: "2Gi", claim: bound("standard") },
    after: "fine",
    because: "it is under way",
  },
];
for (const row of rows) {
  test(row.name, () => {
    if (row.after === "fine") assert.equal(told(row.before), "", row.because);
    else assert.match(told(row.before), row.after, row.because);
  });
}
