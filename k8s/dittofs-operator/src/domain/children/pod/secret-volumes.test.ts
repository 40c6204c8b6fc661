import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../../testing/a-server.ts";
import { secretEnvironment, secretMounts, secretVolumes } from "./secret-volumes.ts";

test("the process gets its signing secret and its first password as environment, from the generated Secrets", () => {
  assert.deepEqual(secretEnvironment(aServer()), [
    {
      name: "DITTOFS_CONTROLPLANE_SECRET",
      valueFrom: { secretKeyRef: { name: "files-jwt-secret", key: "jwt-secret" } },
    },
    {
      name: "DITTOFS_ADMIN_INITIAL_PASSWORD",
      valueFrom: { secretKeyRef: { name: "files-admin-bootstrap-credentials", key: "password" } },
    },
  ]);
});

test("a server whose spec names no file has no volume of a Secret", () => {
  assert.deepEqual([secretVolumes(aServer()), secretMounts(aServer())], [[], []]);
});
