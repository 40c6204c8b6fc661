import assert from "node:assert/strict";
import { argon2Sync, createDecipheriv } from "node:crypto";
import { test } from "node:test";
import { secretForm } from "../../src/controller/secret-form.ts";
import { keyFile } from "./key-file.ts";

const parts = { key: Buffer.alloc(32, 7), id: "one", salt: Buffer.alloc(16, 1), nonce: Buffer.alloc(12, 2) };

type Body = {
  readonly kdf: { readonly salt: string; readonly time: number; readonly memory_kib: number; readonly threads: number };
  readonly nonce: string;
  readonly wrapped_master_key: string;
};

test("a key file opens with its passphrase, by what stands in it, and the operator knows its key", () => {
  const file = keyFile("a passphrase", parts);
  const form = secretForm(Buffer.from(file));
  assert.ok(form?.kind === "encryptionKey" && form.keyId === "one");
  const [, lines = ""] = /-----BEGIN [A-Z ]+-----\n([^-]+)\n-----END/.exec(file) ?? [];
  const body = JSON.parse(Buffer.from(lines, "base64").toString()) as Body; // it was just written
  const lock = argon2Sync("argon2id", {
    message: "a passphrase",
    nonce: Buffer.from(body.kdf.salt, "base64"),
    parallelism: body.kdf.threads,
    tagLength: 32,
    memory: body.kdf.memory_kib,
    passes: body.kdf.time,
  });
  const locked = Buffer.from(body.wrapped_master_key, "base64");
  const opening = createDecipheriv("aes-256-gcm", lock, Buffer.from(body.nonce, "base64"));
  opening.setAuthTag(locked.subarray(-16));
  assert.deepEqual(Buffer.concat([opening.update(locked.subarray(0, -16)), opening.final()]), parts.key);
});
