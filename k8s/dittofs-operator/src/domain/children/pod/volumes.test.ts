import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../../testing/a-server.ts";
import { podVolumes, volumeMounts } from "./volumes.ts";

const claim = (name: string) => ({ metadata: { name } });
const mounts = (names: readonly string[]) =>
  Object.fromEntries(volumeMounts(aServer(), names.map(claim)).map(({ name, mountPath }) => [name, mountPath]));

test("each claim appears where the server looks for it", () => {
  assert.deepEqual(mounts(["metadata", "content", "cache", "controlplane"]), {
    config: "/config",
    tmp: "/tmp",
    metadata: "/data/store/metadata",
    content: "/data/store/block",
    cache: "/data/store/cache",
    controlplane: "/data/controlplane",
  });
});

test("without a claim only the control plane's directory remains, as long as the pod lasts", () => {
  assert.deepEqual(mounts([]), { config: "/config", tmp: "/tmp", controlplane: "/data/controlplane" });
  assert.deepEqual(podVolumes(aServer(), []), [
    { name: "config", configMap: { name: "files-config" } },
    { name: "tmp", emptyDir: {} },
    { name: "controlplane", emptyDir: {} },
  ]);
});

test("a claimed control plane is no volume of the pod's own, for the StatefulSet brings it", () => {
  const names = podVolumes(aServer(), [claim("controlplane")]).map(({ name }) => name);
  assert.deepEqual(names, ["config", "tmp"]);
});

test("the configuration cannot be written from inside", () => {
  assert.equal(volumeMounts(aServer(), []).find(({ name }) => name === "config")?.readOnly, true);
});
