import assert from "node:assert/strict";
import { test } from "node:test";
import { testReads } from "./testing/test-reads.ts";
import { testWrites } from "./testing/test-writes.ts";
import { withAnswer } from "./testing/with-answer.ts";

const signal = new AbortController().signal;
const providers = "/api/v1/identity-providers";
const ldap = { type: "ldap", settings: { enabled: true, url: "ldaps://dc" } } as const;
const kerberos = {
  type: "kerberos",
  settings: { enabled: true, machine_account: { account_name: "F$" } },
} as const;

testReads([
  {
    name: "an identity provider as it stands there, keys of later versions too",
    answer: { enabled: true, later: [1] },
    read: (api) => api.identityProvider("ldap", signal),
    value: { enabled: true, later: [1] },
  },
  {
    name: "mappings without what identifies them to the server",
    answer: [{ id: "1", provider_name: "kerberos", principal: "a@R", username: "a" }],
    read: (api) => api.identityMappings(signal),
    value: [{ principal: "a@R", user: "a" }],
  },
  { name: "no mappings", answer: null, read: (api) => api.identityMappings(signal), value: [] },
]);

testWrites([
  {
    name: "a directory with its password",
    write: (api) => api.putIdentityProvider({ ...ldap, secret: "pw" }, signal),
    request: `PUT ${providers}/ldap/config`,
    body: { ...ldap.settings, bind_password: "pw" },
  },
  {
    name: "Kerberos with the machine account's password beside the account",
    write: (api) => api.putIdentityProvider({ ...kerberos, secret: "pw" }, signal),
    request: `PUT ${providers}/kerberos/config`,
    body: { enabled: true, machine_account: { account_name: "F$", secret: "pw" } },
  },
  {
    name: "settings without a secret as they are",
    write: (api) => api.putIdentityProvider(kerberos, signal),
    request: `PUT ${providers}/kerberos/config`,
    body: kerberos.settings,
  },
  {
    name: "a test of settings",
    write: (api) => api.testIdentityProvider(kerberos, signal),
    request: `POST ${providers}/kerberos/test`,
    body: kerberos.settings,
  },
  {
    name: "a mapping under the server's names",
    write: (api) => api.createIdentityMapping({ principal: "a@R", user: "a" }, signal),
    request: "POST /api/v1/identity-mappings",
    body: { provider_name: "kerberos", principal: "a@R", username: "a" },
  },
  {
    name: "a principal as one part of the path",
    write: (api) => api.removeIdentityMapping({ principal: "nfs/h@R" }, signal),
    request: "DELETE /api/v1/identity-mappings/by-provider/kerberos/nfs%2Fh%40R",
    body: undefined,
  },
]);

test("a test that failed is a refusal that says at which stage and why", { timeout: 10_000 }, async () => {
  await withAnswer({ ok: false, stage: "keytab", message: "load keytab: no" }, async ({ api }) =>
    assert.deepEqual(await api.testIdentityProvider(kerberos, signal), {
      code: "badRequest",
      request: `POST ${providers}/kerberos/test`,
      status: 200,
      detail: "keytab: load keytab: no",
    }),
  );
});

test("a test that succeeded is as good as any answer", { timeout: 10_000 }, async () => {
  await withAnswer({ ok: true, message: "keytab loaded (2 entries)" }, async ({ api }) =>
    assert.equal((await api.testIdentityProvider(kerberos, signal)).code, "ok"),
  );
});
