import assert from "node:assert/strict";
import { test } from "node:test";
import { configValues } from "./config-values.ts";

const ldap = { enabled: true, url: "ldaps://h", base_dn: "b", bind_dn: "d", bind_password: "p" };
const machine = { machine_account: { enabled: true, online_join: { enabled: true, ldap_url: "ldaps://h" } } };

test("what only several keys together can tell, with the key in the message", () => {
  const rows: readonly (readonly [file: unknown, problem: RegExp | undefined, because: string])[] = [
    [{ gc: { grace_period: "1m" } }, /gc\.grace_period is 1m0s/, "shorter than clocks may differ"],
    [{ gc: { grace_period: 0 } }, undefined, "zero is the default"],
    [{ gc: { auto_interval: "30s" } }, /gc\.auto_interval/, "too often"],
    [{ identity: { machine_sid: "S-1-5-21-1" } }, /identity\.machine_sid/, "too short"],
    [{ identity: { machine_sid: "S-1-5-21-1-2-3" } }, undefined, "a machine SID"],
    [{ ldap: { enabled: true } }, /ldap\.url is required/, "no URL"],
    [{ ldap: { ...ldap, url: "http://h" } }, /ldap\.url/, "wrong scheme"],
    [{ ldap: { ...ldap, url: "ldap://h" } }, /start_tls/, "plain without saying so"],
    [{ ldap: { ...ldap, url: "ldap://h", allow_plaintext: true } }, undefined, "plain on purpose"],
    [{ ldap: { ...ldap, bind_dn: "" } }, /ldap\.bind_dn/, "no account"],
    [{ ldap: { ...ldap, idmap: "x" } }, /ldap\.idmap/, "no such mapping"],
    [{ ldap: { ...ldap, enabled: false, url: "x" } }, undefined, "not looked at while it is off"],
    [{ ldap: { ...ldap, tls: { min_version: "1.1" } } }, /ldap\.tls\.min_version/, "too old"],
    [{ ldap }, undefined, "complete"],
    [{ kerberos: { realm: "a b" } }, /kerberos\.realm/, "a space"],
    [{ kerberos: { service_principal: "nfs/h@a/b" } }, /kerberos\.realm/, "the realm of the principal"],
    [{ kerberos: { netbios_domain: "a.b" } }, /kerberos\.netbios_domain/, "more than one label"],
    [{ kerberos: { dns_domain: "a/b" } }, /kerberos\.dns_domain/, "a slash"],
    [
      { kerberos: { machine_account: { online_join: { enabled: true } } } },
      /machine_account\.enabled/,
      "no machine account",
    ],
    [{ kerberos: machine }, /online_join\.bind_dn/, "no account to join with"],
  ];
  for (const [file, problem, because] of rows) {
    if (problem === undefined) assert.doesNotThrow(() => configValues(file, {}), because);
    else assert.throws(() => configValues(file, {}), problem, because);
  }
});
