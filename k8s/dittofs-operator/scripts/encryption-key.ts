import { randomBytes, randomUUID } from "node:crypto";
import { stringify } from "yaml";
import { keyFile } from "./encryption-key/key-file.ts";

const [name = "encryption-key"] = process.argv.slice(2);
const passphrase = randomBytes(32).toString("base64url");
const file = keyFile(passphrase, {
  key: randomBytes(32),
  id: randomUUID(),
  salt: randomBytes(16),
  nonce: randomBytes(12),
});
process.stdout.write(
  stringify({ apiVersion: "v1", kind: "Secret", metadata: { name }, stringData: { "key.pem": file, passphrase } }),
);
