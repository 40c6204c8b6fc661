import assert from "node:assert/strict";
import { test } from "node:test";
import { credentials } from "../children/credentials.ts";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import type { SecretSeen } from "../world.ts";
import { secretSources } from "./mounted-secrets.ts";
import { secretDigests } from "./secret-digests.ts";
import { secretFindings } from "./secret-findings.ts";

const { identity, database } = defaultSpec;
const withJwtRef = aServer({
  identity: { ...identity, jwt: { ...identity.jwt, secretRef: { name: "signing", key: "token" } } },
});
const withPasswordRef = aServer({
  identity: { ...identity, admin: { ...identity.admin, passwordSecretRef: { name: "root", key: "pw" } } },
});

const present = (key: string, lengthBytes: number, digest = "d1"): SecretSeen => ({
  kind: "present",
  keys: new Map([[key, { digest, lengthBytes }]]),
});

const generated = (server: ReturnType<typeof aServer>, value = "a value of at least 32 characters") =>
  credentials({ server, live: [], fresh: () => value });

const refusals = [
  {
    because: "the Secret was never seen",
    seen: undefined,
    reason: "SecretNotFound",
    says: /Secret signing does not exist/,
  },
  {
    because: "the Secret does not exist",
    seen: { kind: "absent" },
    reason: "SecretNotFound",
    says: /Create it with the key token/,
  },
  {
    because: "the Secret cannot be read",
    seen: { kind: "unreadable", message: "forbidden" },
    reason: "SecretNotFound",
    says: /cannot be read: forbidden/,
  },
  {
    because: "the key is missing",
    seen: present("other", 40),
    reason: "SecretKeyMissing",
    says: /Secret signing has no key token/,
  },
  {
    because: "the value is too short",
    seen: present("token", 31),
    reason: "SecretInvalid",
    says: /token of Secret signing must have at least 32 bytes/,
  },
] as const;

for (const { because, seen, reason, says } of refusals) {
  test(`a JWT secret is refused with the field's name when ${because}`, () => {
    const secrets = new Map(seen === undefined ? [] : [["signing", seen]]);
    const [finding, ...others] = secretFindings(withJwtRef, secrets);
    assert.deepEqual(others, []);
    assert.equal(finding?.condition, "ConfigReady");
    assert.equal(finding?.reason, reason);
    assert.match(finding?.message ?? "", /^spec\.identity\.jwt\.secretRef: /);
    assert.match(finding?.message ?? "", says);
  });

  test(`there is no digest of a JWT secret when ${because}`, () => {
    const secrets = new Map(seen === undefined ? [] : [["signing", seen]]);
    const digests = secretDigests({ server: withJwtRef, seen: secrets, credentials: generated(withJwtRef) });
    assert.ok(digests.has("DITTOFS_CONTROLPLANE_SECRET"));
    assert.equal(digests.get("DITTOFS_CONTROLPLANE_SECRET"), undefined);
  });
}

const passwordLengths = [
  { lengthBytes: 7, isUsable: false },
  { lengthBytes: 8, isUsable: true },
  { lengthBytes: 72, isUsable: true },
  { lengthBytes: 73, isUsable: false },
];

for (const { lengthBytes, isUsable } of passwordLengths) {
  test(`a password of ${lengthBytes} bytes is ${isUsable ? "usable" : "refused with the bounds"}`, () => {
    const findings = secretFindings(withPasswordRef, new Map([["root", present("pw", lengthBytes)]]));
    assert.equal(findings.length, isUsable ? 0 : 1);
    if (!isUsable) assert.match(findings[0]?.message ?? "", /must have 8 to 72 bytes/);
  });
}

test("generated Secrets need no finding and always have a digest", () => {
  const server = aServer();
  assert.deepEqual(secretFindings(server, new Map()), []);
  const digests = secretDigests({ server, seen: new Map(), credentials: generated(server) });
  assert.ok([...digests.values()].every((digest) => digest !== undefined));
});

test("another signing secret gives another digest", () => {
  const digest = (seen: SecretSeen) =>
    secretDigests({ server: withJwtRef, seen: new Map([["signing", seen]]), credentials: generated(withJwtRef) });
  const one = digest(present("token", 40, "d1"));
  const other = digest(present("token", 40, "d2"));
  assert.notEqual(one.get("DITTOFS_CONTROLPLANE_SECRET"), other.get("DITTOFS_CONTROLPLANE_SECRET"));
});

test("another password changes no digest while the database lasts, because the server would not look at it", () => {
  const digests = (value: string) =>
    secretDigests({ server: aServer(), seen: new Map(), credentials: generated(aServer(), value) });
  const variable = "DITTOFS_ADMIN_INITIAL_PASSWORD";
  assert.equal(digests("one password of 32 characters ...").get(variable), digests("another one").get(variable));
});

test("another password changes the digest when the database begins anew with each pod", () => {
  const server = aServer({ database: { ...database, sqlite: { ...database.sqlite, persistent: false } } });
  const digests = (value: string) => secretDigests({ server, seen: new Map(), credentials: generated(server, value) });
  const variable = "DITTOFS_ADMIN_INITIAL_PASSWORD";
  assert.notEqual(digests("one password").get(variable), digests("another one").get(variable));
});

test("a missing password Secret has no digest even while the database lasts, because a new pod would not start without it", () => {
  const digests = secretDigests({ server: withPasswordRef, seen: new Map(), credentials: generated(withPasswordRef) });
  assert.equal(digests.get("DITTOFS_ADMIN_INITIAL_PASSWORD"), undefined);
});

test("the process reads the user's Secret where one is named, and the generated one otherwise", () => {
  const sources = secretSources(withJwtRef).map(({ source }) => source);
  assert.deepEqual(sources, [
    { name: "signing", key: "token" },
    { name: "files-admin-bootstrap-credentials", key: "password" },
  ]);
});
