import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { PersistentVolumeClaim } from "kubernetes-types/core/v1";
import { aBoundClaim } from "../testing/a-world.ts";
import { type GrowthBefore, growthSteps as steps } from "../testing/growth-steps.ts";

type Row = { readonly name: string; readonly before: GrowthBefore; readonly after: string; readonly because: string };

const content = (size: string, className?: string) => aBoundClaim("content-files-0", size, className);
const pending = (className: string): PersistentVolumeClaim => ({
  ...content("1Gi", className),
  status: { phase: "Pending" },
});
const owned: PersistentVolumeClaim = {
  ...content("2Gi"),
  metadata: {
    ...content("2Gi").metadata,
    ownerReferences: [{ apiVersion: "apps/v1", kind: "StatefulSet", name: "files", uid: "set-1" }],
  },
};

const rows: readonly Row[] = [
  {
    name: "volumes of the wanted size are left alone",
    before: { wanted: { content: "1Gi" }, claims: [content("1Gi")], templates: { content: "1Gi" } },
    after: "nothing",
    because: "all is as wanted",
  },
  {
    name: "another spelling of the same size is no growth",
    before: { wanted: { content: "1024Mi" }, claims: [content("1Gi")], templates: { content: "1Gi" } },
    after: "nothing",
    because: "1024Mi is 1Gi",
  },
  {
    name: "a claim grows first, and the StatefulSet stays meanwhile",
    before: { wanted: { content: "2Gi" }, claims: [content("1Gi")], templates: { content: "1Gi" } },
    after: "content-files-0 from 1Gi to 2Gi",
    because: "a claim that is refused must not cost the StatefulSet",
  },
  {
    name: "when the claim asks for its size the StatefulSet is replaced, though the disk still grows",
    before: {
      wanted: { content: "2Gi" },
      claims: [{ ...content("2Gi"), status: { phase: "Bound", capacity: { storage: "1Gi" } } }],
      templates: { content: "1Gi" },
    },
    after: "let go of claims, replace set-1",
    because: "only then would a lost claim be made with the right size",
  },
  {
    name: "after the replacement nothing is left to do",
    before: { wanted: { content: "2Gi" }, claims: [content("2Gi")], templates: { content: "2Gi" } },
    after: "nothing",
    because: "the steps come to an end",
  },
  {
    name: "while there is no StatefulSet a claim still grows",
    before: { wanted: { content: "2Gi" }, claims: [content("1Gi")], templates: undefined },
    after: "content-files-0 from 1Gi to 2Gi",
    because: "volumes that are found again grow too",
  },
  {
    name: "a claim that is larger than wanted is left alone",
    before: { wanted: { content: "1Gi" }, claims: [content("5Gi")], templates: { content: "1Gi" } },
    after: "nothing",
    because: "a volume never shrinks",
  },
  {
    name: "a template that is larger than wanted is left alone",
    before: { wanted: { content: "1Gi" }, claims: [content("5Gi")], templates: { content: "5Gi" } },
    after: "nothing",
    because: "a volume never shrinks",
  },
  {
    name: "a claim of a class that does not allow it is not told to grow",
    before: { wanted: { content: "2Gi" }, claims: [content("1Gi", "fixed")], templates: { content: "1Gi" } },
    after: "nothing",
    because: "Kubernetes would refuse it at every pass",
  },
  {
    name: "a claim whose class has been removed is not told to grow",
    before: { wanted: { content: "2Gi" }, claims: [content("1Gi", "gone")], templates: { content: "1Gi" } },
    after: "nothing",
    because: "Kubernetes would refuse it at every pass",
  },
  {
    name: "a claim that cannot grow does not hold up the others",
    before: {
      wanted: { content: "2Gi", metadata: "2Gi" },
      claims: [content("1Gi", "fixed"), aBoundClaim("metadata-files-0", "2Gi")],
      templates: { content: "1Gi", metadata: "1Gi" },
    },
    after: "let go of claims, replace set-1",
    because: "metadata has its size",
  },
  {
    name: "a claim that is not bound is not told to grow",
    before: { wanted: { content: "2Gi" }, claims: [pending("standard")], templates: { content: "1Gi" } },
    after: "nothing",
    because: "Kubernetes lets only bound claims grow",
  },
  {
    name: "a claim that is being deleted is not told to grow",
    before: {
      wanted: { content: "2Gi" },
      claims: [
        {
          ...content("1Gi"),
          metadata: { ...content("1Gi").metadata, deletionTimestamp: "2026-01-01T00:00:00Z" },
        },
      ],
      templates: { content: "1Gi" },
    },
    after: "nothing",
    because: "the next one is made from the template",
  },
  {
    name: "a claim that is gone is made from a larger template",
    before: { wanted: { content: "2Gi" }, claims: [], templates: { content: "1Gi" } },
    after: "let go of claims, replace set-1",
    because: "no claim has to grow first",
  },
  {
    name: "claims that the StatefulSet owns are let go of before it is replaced",
    before: { wanted: { content: "2Gi" }, claims: [owned], templates: { content: "1Gi" }, policy: "Delete" },
    after: "let go of claims",
    because: "garbage collection must never find them without their owner",
  },
  {
    name: "nor is one replaced that may be about to own its claims",
    before: { wanted: { content: "2Gi" }, claims: [content("2Gi")], templates: { content: "1Gi" }, policy: "Delete" },
    after: "let go of claims",
    because: "a claim that was just made gets its owner a moment later",
  },
  {
    name: "a pod is not ended before its StatefulSet is as wanted",
    before: {
      wanted: { content: "1Gi", cache: "1Gi" },
      claims: [content("1Gi")],
      templates: { content: "1Gi" },
      mounted: [],
    },
    after: "let go of claims, replace set-1",
    because: "it would have to be ended twice",
  },
  {
    name: "as long as one claim names it as owner it is not replaced",
    before: { wanted: { content: "2Gi" }, claims: [owned], templates: { content: "1Gi" } },
    after: "let go of claims",
    because: "the StatefulSet controller has not taken the reference off yet",
  },
  {
    name: "nor before its controller has seen that it keeps its claims",
    before: {
      wanted: { content: "2Gi" },
      claims: [content("2Gi")],
      templates: { content: "1Gi" },
      observedGeneration: 0,
    },
    after: "let go of claims",
    because: "the controller may be about to put the reference on",
  },
  {
    name: "a volume that is added replaces the StatefulSet",
    before: { wanted: { content: "1Gi", cache: "1Gi" }, claims: [content("1Gi")], templates: { content: "1Gi" } },
    after: "let go of claims, replace set-1",
    because: "its template is missing",
  },
  {
    name: "a volume that cannot be made replaces nothing",
    before: {
      wanted: { content: "1Gi", cache: "1Gi" },
      claims: [content("1Gi")],
      templates: { content: "1Gi" },
      className: "typo",
    },
    after: "nothing",
    because: "the running server would lose its StatefulSet for nothing",
  },
  {
    name: "a pod that lacks a volume is restarted once that is bound",
    before: {
      wanted: { content: "1Gi" },
      claims: [content("1Gi")],
      templates: { content: "1Gi" },
      mounted: [],
    },
    after: "restart pod-1 for content-files-0",
    because: "a running pod takes no new volume",
  },
  {
    name: "a pod that lacks a volume is left alone while that has no disk",
    before: {
      wanted: { content: "1Gi" },
      claims: [pending("standard")],
      templates: { content: "1Gi" },
      mounted: [],
    },
    after: "nothing",
    because: "its successor would wait for the disk, and nobody would be served",
  },
  {
    name: "a disk that is made only for a pod gets its pod",
    before: { wanted: { content: "1Gi" }, claims: [pending("local")], templates: { content: "1Gi" }, mounted: [] },
    after: "restart pod-1 for content-files-0",
    because: "waiting would never end",
  },
  {
    name: "a pod that is ending is not ended again",
    before: {
      wanted: { content: "1Gi" },
      claims: [content("1Gi")],
      templates: { content: "1Gi" },
      mounted: [],
      podIsEnding: true,
    },
    after: "nothing",
    because: "its successor has the volume",
  },
  {
    name: "a pod without its StatefulSet is not ended",
    before: { wanted: { content: "1Gi" }, claims: [content("1Gi")], templates: undefined, mounted: [] },
    after: "nothing",
    because: "nobody would make it again",
  },
];
for (const { name, before, after, because } of rows) test(name, () => assert.equal(steps(before), after, because));

test("whatever the sizes, nothing ever shrinks, and the steps come to an end", () => {
  const size = fc.integer({ min: 1, max: 5 }).map((count) => `${count}Gi`);
  fc.assert(
    fc.property(size, size, size, (wanted, claim, template) => {
      const largest = Number.parseInt(wanted, 10) > Number.parseInt(claim, 10) ? wanted : claim;
      const first = steps({ wanted: { content: wanted }, claims: [content(claim)], templates: { content: template } });
      assert.equal(first.includes(`from ${claim} to ${wanted}`), largest !== claim);
      const last = { wanted: { content: wanted }, claims: [content(largest)] };
      assert.equal(steps({ ...last, templates: { content: largest } }), "nothing");
    }),
  );
});
