import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { kerberosSettings } from "../config-file/kerberos-settings.ts";
import { ldapSettings } from "../config-file/ldap-settings.ts";
import { type IdentityFacts, noIdentity } from "../identity-facts.ts";
import { aLiveDittoFs } from "../testing/a-live-dittofs.ts";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { kerberos, ldap } from "../testing/identity-samples.ts";
import { identityProviderChanges, wantedIdentityProviders } from "./identity-providers.ts";

type Identity = DittoServerSpec["identity"];

const machineAccount = {
  enabled: true,
  accountName: "FILES$",
  secretRef: { name: "account", key: "password" },
} as const;

const bound: IdentityFacts = { ...noIdentity, secrets: { ldap: { kind: "usable", digest: "d1" } } };
const inRealm: IdentityFacts = { ...noIdentity, hasKeytab: true };
const inDomain: IdentityFacts = { ...inRealm, secrets: { kerberos: { kind: "usable", digest: "d1" } } };
/** As the server shows what it was told. */
const shownLdap = { ...ldapSettings(ldap), timeout: "10s", bind_password: "********" };
const shownKerberos = {
  ...kerberosSettings(kerberos),
  max_clock_skew: "5m0s",
  context_ttl: "8h0m0s",
  machine_account: {},
};
const shownDomain = {
  ...shownKerberos,
  machine_account: { enabled: true, account_name: "FILES$", secret: "********" },
};

type Row = {
  readonly name: string;
  readonly identity: Partial<Identity>;
  readonly facts?: IdentityFacts;
  /** By type; undefined: nothing is configured. */
  readonly live?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  readonly applied?: Readonly<Record<string, string>>;
  /** Calls with what they are about, in short. */
  readonly calls: readonly string[];
  readonly what?: string;
  readonly problem?: RegExp;
};

const rows: readonly Row[] = [
  {
    name: "a server of which nothing is asked is left alone, whatever was set by hand",
    identity: {},
    live: {},
    calls: [],
  },
  {
    name: "a new directory is set with its password",
    identity: { ldap },
    facts: bound,
    live: { ldap: undefined },
    calls: ["putIdentityProvider on d1"],
    what: "set",
  },
  {
    name: "a directory that the server shows as wanted is not set again",
    identity: { ldap },
    facts: bound,
    live: { ldap: shownLdap },
    applied: { ldap: "d1" },
    calls: [],
  },
  {
    name: "times are compared by what they mean",
    identity: { ldap: { ...ldap, timeout: "90s" } },
    facts: bound,
    live: { ldap: { ...shownLdap, timeout: "1m30s" } },
    applied: { ldap: "d1" },
    calls: [],
  },
  {
    name: "a directory changed by hand is put back, and the settings are named",
    identity: { ldap },
    facts: bound,
    live: { ldap: { ...shownLdap, base_dn: "DC=other", nested_groups: true } },
    applied: { ldap: "d1" },
    calls: ["putIdentityProvider on d1"],
    what: "base_dn, nested_groups changed",
  },
  {
    name: "a changed bind password, which the server never shows, is set by its digest (measured G)",
    identity: { ldap },
    facts: { ...bound, secrets: { ldap: { kind: "usable", digest: "d2" } } },
    live: { ldap: shownLdap },
    applied: { ldap: "d1" },
    calls: ["putIdentityProvider on d2 secret only"],
    what: "password changed",
  },
  {
    name: "a password that cannot be used keeps everything as it is",
    identity: { ldap },
    facts: { ...noIdentity, secrets: { ldap: { kind: "unusable", message: "Secret directory does not exist." } } },
    live: { ldap: undefined },
    calls: [],
    problem: /^The directory \(LDAP\): Secret directory does not exist\.$/,
  },
  {
    name: "a directory whose certificates the pod does not have yet waits for them",
    identity: { ldap },
    facts: { ...bound, lacks: { ldap: "waits for a pod." } },
    live: { ldap: undefined },
    calls: [],
    problem: /waits for a pod/,
  },
  {
    name: "a directory that the spec switches off is switched off, with all else as it was",
    identity: { ldap: { ...ldap, enabled: false } },
    live: { ldap: shownLdap },
    calls: ["putIdentityProvider off"],
    what: "switched off",
  },
  {
    name: "a directory that is off is not switched off again",
    identity: { ldap: { ...ldap, enabled: false } },
    live: { ldap: { ...shownLdap, enabled: false } },
    calls: [],
  },
  {
    name: "a directory that the operator set and the spec names no more is switched off",
    identity: {},
    live: { ldap: shownLdap },
    applied: { ldap: "d1" },
    calls: ["putIdentityProvider off"],
    what: "switched off",
  },
  {
    name: "Kerberos that the server took from its file is as wanted",
    identity: { kerberos },
    facts: inRealm,
    live: { kerberos: shownKerberos },
    calls: [],
  },
  {
    name: "changed Kerberos is sent only after the server's own process has loaded the keytab (measured A5)",
    identity: { kerberos: { ...kerberos, maxContexts: 5 } },
    facts: inRealm,
    live: { kerberos: shownKerberos },
    calls: ["testIdentityProvider on", "putIdentityProvider on"],
    what: "max_contexts changed",
  },
  {
    name: "Kerberos waits for a pod that mounts its keytab (measured A5)",
    identity: { kerberos },
    facts: { ...noIdentity, lacks: { kerberos: "waits for a pod." } },
    live: { kerberos: undefined },
    calls: [],
    problem: /^Kerberos: waits for a pod\.$/,
  },
  {
    name: "the machine account's password is set once, because nobody knows which one the server took from its environment",
    identity: { kerberos: { ...kerberos, machineAccount } },
    facts: inDomain,
    live: { kerberos: shownDomain },
    calls: ["testIdentityProvider on", "putIdentityProvider on d1 secret only"],
    what: "password changed",
  },
  {
    name: "a machine account that is as it was told is left alone",
    identity: { kerberos: { ...kerberos, machineAccount } },
    facts: inDomain,
    live: { kerberos: shownDomain },
    applied: { kerberos: "d1" },
    calls: [],
  },
  {
    name: "another domain controller is sent",
    identity: { kerberos: { ...kerberos, machineAccount: { ...machineAccount, dcAddress: ["dc2"] } } },
    facts: inDomain,
    live: { kerberos: shownDomain },
    applied: { kerberos: "d1" },
    calls: ["testIdentityProvider on", "putIdentityProvider on d1"],
    what: "machine_account changed",
  },
  {
    name: "a machine account without Kerberos stands in the file, and nothing is sent",
    identity: { kerberos: { enabled: false, machineAccount } },
    facts: { ...noIdentity, secrets: { kerberos: { kind: "usable", digest: "d1" } } },
    live: { kerberos: undefined },
    calls: [],
  },
  {
    name: "Kerberos that the spec names no more is switched off while the pod still has its keytab",
    identity: {},
    facts: inRealm,
    live: { kerberos: shownDomain },
    calls: ["putIdentityProvider off"],
    what: "switched off",
  },
  {
    name: "Kerberos that somebody set by hand, in a pod without the operator's keytab, is left alone",
    identity: {},
    live: { kerberos: shownKerberos },
    calls: [],
  },
];

for (const { name, identity, facts = noIdentity, live = {}, applied = {}, calls, what, problem } of rows) {
  test(name, () => {
    const server = aServer({ identity: { ...defaultSpec.identity, ...identity } });
    const wanted = wantedIdentityProviders(server, facts);
    // What nobody has reason to read is not there.
    const isRead = (type: string): boolean =>
      wanted.some((each) => each.type === type && (each.kind !== "dropped" || type !== "ldap" || type in applied));
    const identityProviders = new Map(
      Object.entries(live)
        .filter(([type]) => isRead(type))
        .map(([type, settings]) => [type, { kind: "read", settings } as const]),
    );
    const appliedProviders = new Map(Object.entries(applied));
    const changes = identityProviderChanges(wanted, aLiveDittoFs({ identityProviders, appliedProviders }));
    const made = changes.flatMap((change) => change.calls).map(shortly);
    assert.deepEqual(made, calls);
    const [change] = changes;
    assert.equal(change?.what ?? "", what ?? "");
    assert.match(change?.problem ?? "", problem ?? /^$/);
  });
}

type Made = ReturnType<typeof identityProviderChanges>[number]["calls"][number];

function shortly(call: Made): string {
  const state = call.body.settings["enabled"] === true ? "on" : "off";
  if (call.name === "testIdentityProvider") return `${call.name} ${state}`;
  const { secretDigest, isSecretOnly } = call.body;
  return [
    call.name,
    state,
    ...(secretDigest === undefined ? [] : [secretDigest]),
    ...(isSecretOnly ? ["secret only"] : []),
  ].join(" ");
}

test("settings that cannot be read are not changed", () => {
  const server = aServer({ identity: { ...defaultSpec.identity, ldap } });
  const identityProviders = new Map([["ldap", { kind: "unreadable", message: "The answer is 500." } as const]]);
  const [change] = identityProviderChanges(wantedIdentityProviders(server, bound), aLiveDittoFs({ identityProviders }));
  assert.deepEqual(change?.calls, []);
  assert.equal(change?.problem, "The directory (LDAP) cannot be read: The answer is 500.");
});

test("what is switched off keeps the server's other settings, and the machine account goes too", () => {
  const server = aServer();
  const live = aLiveDittoFs({ identityProviders: new Map([["kerberos", { kind: "read", settings: shownDomain }]]) });
  const [change] = identityProviderChanges(wantedIdentityProviders(server, inRealm), live);
  assert.deepEqual(change?.calls[0]?.body.settings, {
    ...shownDomain,
    enabled: false,
    machine_account: { enabled: false },
  });
});
