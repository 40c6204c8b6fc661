import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../testing/a-server.ts";
import { aBoundClaim } from "../testing/a-world.ts";
import { volumeStates } from "./volume-states.ts";
import { wantedVolumes } from "./wanted-volumes.ts";

test("each wanted volume is shown with the size that the spec asks for and the one that it has, or as missing", () => {
  const storage = {
    accessMode: "ReadWriteOnce",
    metadataSize: "2048Mi",
    contentSize: "4Gi",
    cacheSize: "1Gi",
  } as const;
  const waiting = { ...aBoundClaim("content-files-0", "1Gi"), status: {} };
  const claims = [waiting, aBoundClaim("metadata-files-0", "1Gi"), aBoundClaim("controlplane-files-0", "5Gi")];
  const volumes = wantedVolumes({ server: aServer({ storage }), claims, storageClasses: [] });
  assert.deepEqual(volumeStates(volumes), [
    { name: "cache", claim: "cache-files-0", requested: "1Gi", phase: "Missing" },
    { name: "content", claim: "content-files-0", requested: "4Gi", phase: "Pending" },
    { name: "controlplane", claim: "controlplane-files-0", requested: "1Gi", capacity: "5Gi", phase: "Bound" },
    { name: "metadata", claim: "metadata-files-0", requested: "2Gi", capacity: "1Gi", phase: "Bound" },
  ]);
});
