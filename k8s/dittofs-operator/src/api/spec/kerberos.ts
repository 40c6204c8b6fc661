import {
  atomicList,
  bool,
  duration,
  int32,
  listMap,
  object,
  type Rule,
  secretKeyRef,
  text,
} from "../schema/vocabulary.ts";
import { accountName } from "./people.ts";

const withoutSeparators = (description: string, example: string) =>
  text(description, {
    minLength: 1,
    maxLength: 255,
    form: { pattern: String.raw`^[^@/\s]+$`, message: `must be a name without @, / and spaces, such as ${example}` },
  }).exactOptional();

const needed = (field: string): Rule => ({
  rule: `!self.enabled || has(self.${field})`,
  message: `${field} must be given while enabled is true`,
  fieldPath: `.${field}`,
});

const machineAccount = object(
  "The server's computer account in Active Directory, with which it has domain controllers check NTLM logins.",
  {
    enabled: bool("True has domain controllers check NTLM logins.").default(false),
    accountName: text("Name of the account, such as FILES$.", { minLength: 1, maxLength: 256 }).exactOptional(),
    secretRef: secretKeyRef(
      "Password of the account. The server also needs netbiosDomain and a realm; a changed password is set on the running server.",
    ).exactOptional(),
    keytabSecretRef: secretKeyRef(
      "Keytab of the account. DittoFS up to v0.29 mounts it and does not use it: give secretRef.",
    ).exactOptional(),
    dcAddress: atomicList(
      "Domain controllers, by name or address. Left out, they are found through DNS.",
      text("Name or address.", { minLength: 1, maxLength: 253 }),
      { maxItems: 16 },
    ).exactOptional(),
  },
  {
    rules: [
      needed("accountName"),
      {
        rule: "!self.enabled || has(self.secretRef) || has(self.keytabSecretRef)",
        message: "secretRef must be given while enabled is true: the account does not work without a credential",
        fieldPath: ".secretRef",
      },
    ],
  },
).exactOptional();

const identityMapping = object("Which user of the server a Kerberos principal is.", {
  principals: listMap(
    "Principals that are another user than the one of their name. A principal of the realm whose name is that of a user needs no entry; whoever is none of both is nobody. An entry that is removed here is removed on the server.",
    ["principal"],
    object("One principal.", {
      principal: text("Principal with its realm, such as alice@EXAMPLE.COM, or DOMAIN\\alice for NTLM.", {
        minLength: 1,
        maxLength: 512,
        form: {
          pattern: String.raw`^[^\s]+$`,
          message: "must be a principal without spaces, such as alice@EXAMPLE.COM",
        },
      }),
      user: text("Name of the user.", { minLength: 1, maxLength: 64, form: accountName }),
    }),
    { maxItems: 512 },
  ).exactOptional(),
}).exactOptional();

/** Kerberos for NFS and SMB, and the server's account in a Windows domain. */
export const kerberos = object(
  "Kerberos for NFS (sec=krb5) and SMB. The server reads these settings from its file at its first start and keeps them in its database; later changes are set through its REST API, followed by the one restart that it asks for.",
  {
    enabled: bool(
      "True has the server accept Kerberos tickets. False, or removing the section, switches that off on a server where it is on, with one restart.",
    ).default(false),
    servicePrincipal: text(
      "The server's principal, such as nfs/files.example.com@EXAMPLE.COM; that of SMB is derived from it.",
      {
        minLength: 1,
        maxLength: 512,
        form: {
          pattern: String.raw`^[^@/\s]+(/[^@/\s]+)?(@[^@/\s]+)?$`,
          message: "must be a principal such as nfs/files.example.com@EXAMPLE.COM",
        },
      },
    ).exactOptional(),
    keytabSecretRef: secretKeyRef(
      "Keytab with the keys of the principal. A changed one is read by the running server within minutes, another Secret restarts it once.",
    ).exactOptional(),
    realm: withoutSeparators("Realm. Left out, that of servicePrincipal.", "EXAMPLE.COM"),
    netbiosDomain: text("Short name of the Windows domain, such as EXAMPLE. SMB shows itself as its member.", {
      minLength: 1,
      maxLength: 255,
      form: {
        pattern: String.raw`^[^.@/\s]+$`,
        message: "must be the domain's short name without dots, such as EXAMPLE",
      },
    }).exactOptional(),
    dnsDomain: withoutSeparators(
      "Name of the Windows domain in DNS. Left out, the realm in lower case.",
      "example.com",
    ),
    krb5ConfSecretRef: secretKeyRef(
      "A krb5.conf. Left out, and without krb5Conf, the operator mounts one that finds everything through DNS.",
    ).exactOptional(),
    krb5Conf: text("Path of a krb5.conf inside the pod; krb5ConfSecretRef wins over it.", {
      minLength: 1,
      maxLength: 1024,
      form: { pattern: "^/", message: "must be a path from the root, such as /etc/krb5.conf" },
    }).exactOptional(),
    maxClockSkew: duration("How far clocks may differ. Left out, 5m.", { min: "1s", max: "24h" }).exactOptional(),
    contextTTL: duration("How long an NFS client's security context lives. Left out, 8h.", {
      min: "1m",
      max: "720h",
    }).exactOptional(),
    maxContexts: int32("Most security contexts of NFS at one time. Left out, 10000.", {
      min: 1,
      max: 10_000_000,
    }).exactOptional(),
    identityMapping,
    machineAccount,
  },
  { rules: [needed("servicePrincipal"), needed("keytabSecretRef")] },
).exactOptional();
