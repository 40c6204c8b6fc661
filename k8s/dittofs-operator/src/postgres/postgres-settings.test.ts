import assert from "node:assert/strict";
import { test } from "node:test";
import { postgresSettings } from "./postgres-settings.ts";

const least = {
  DITTOFS_DATABASE_POSTGRES_HOST: "db.example.com",
  DITTOFS_DATABASE_POSTGRES_DATABASE: "files",
  DITTOFS_DATABASE_POSTGRES_USER: "dittofs",
};

test("what is left out is as the file server has it, and an empty variable counts as left out", () => {
  assert.deepEqual(postgresSettings({ ...least, DITTOFS_DATABASE_POSTGRES_SSLMODE: "" }), {
    kind: "settings",
    settings: {
      host: "db.example.com",
      port: 5432,
      database: "files",
      user: "dittofs",
      password: "",
      sslMode: "disable",
      rootCertFile: undefined,
    },
  });
});

test("all that is wrong is told at once, by variable, and no value with it", () => {
  const read = postgresSettings({
    DITTOFS_DATABASE_POSTGRES_PORT: "70000",
    DITTOFS_DATABASE_POSTGRES_SSLMODE: "prefer",
    DITTOFS_DATABASE_POSTGRES_PASSWORD: "hidden",
  });
  assert.ok(read.kind === "wrong");
  assert.deepEqual(read.problems, [
    "DITTOFS_DATABASE_POSTGRES_PORT must be a port, 1 to 65535",
    "DITTOFS_DATABASE_POSTGRES_SSLMODE must be one of disable, require, verify-ca, verify-full",
    "DITTOFS_DATABASE_POSTGRES_HOST is not set",
    "DITTOFS_DATABASE_POSTGRES_DATABASE is not set",
    "DITTOFS_DATABASE_POSTGRES_USER is not set",
  ]);
});
