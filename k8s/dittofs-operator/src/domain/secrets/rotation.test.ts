import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { ROTATE_ANNOTATION } from "../../api/group.ts";
import { aServer } from "../testing/a-server.ts";
import { anAnswer, aServingWorld } from "../testing/a-world.ts";
import { base64 } from "./generated-secrets.ts";
import { rotation } from "./rotation.ts";
import { userPasswords } from "./user-passwords.ts";

const server = aServer({ users: [{ name: "alice" }] }, { annotations: { [ROTATE_ANNOTATION]: "2026-01-01" } });
const world = aServingWorld({ server });
const secrets = world.children.secrets.map((secret) => ({
  ...secret,
  data: { ...secret.data, ...(secret.data?.["password"] !== undefined && { "next-password": base64("the next one") }) },
}));
const children = { ...world.children, secrets };
const password = userPasswords({ server, named: world.secrets, generated: secrets }).get("alice");
const digestOfNext = createHash("sha256").update("the next one").digest("hex");
const takenWith = (answer: Parameters<typeof anAnswer>[0]) =>
  [...rotation({ ...world, children, dittofs: anAnswer(answer) }).taken].toSorted();

test("the annotation's value is told by a digest, as it may be of any length", () => {
  assert.match(rotation(world).asked ?? "", /^[0-9a-f]{16}$/);
  assert.equal(rotation(aServingWorld()).asked, undefined);
});

test("a password is taken when the server has shown that it has the next one", () => {
  assert.deepEqual(takenWith({}), []);
  assert.deepEqual(takenWith({ adminPasswordDigest: "of another one" }), []);
  assert.deepEqual(takenWith({ adminPasswordDigest: digestOfNext }), ["files-admin-bootstrap-credentials"]);
  assert.ok(password?.kind === "usable");
  assert.deepEqual(takenWith({ appliedPasswords: { alice: password.digest } }), ["files-user-alice"]);
  assert.deepEqual(takenWith({ appliedPasswords: { alice: "of the old one" } }), []);
});

test("a server that does not answer has taken nothing", () => {
  const dittofs = { kind: "unreachable", sinceMs: 0, message: "" } as const;
  assert.deepEqual([...rotation({ ...world, children, dittofs }).taken], []);
});
