import {
  bool,
  duration,
  int32,
  object,
  objectName,
  oneOf,
  type Rule,
  secretKeyRef,
  text,
} from "../schema/vocabulary.ts";

/** What an enabled directory cannot do without; the server refuses it and would do so at every start. */
const needed = (field: string, remedy: string): Rule => ({
  rule: `!self.enabled || has(self.${field})`,
  message: `${field} must be given while enabled is true: ${remedy}`,
  fieldPath: `.${field}`,
});

const name = (description: string) =>
  text(description, {
    minLength: 1,
    maxLength: 1024,
    form: { pattern: String.raw`\S`, message: "must be a distinguished name, such as DC=example,DC=com" },
  }).exactOptional();

/** A directory (LDAP, Active Directory) that the server asks about users and groups. */
export const ldap = object(
  "A directory (LDAP or Active Directory) in which the server looks up users and groups. The operator sets it through the server's REST API, where it acts at once: no change here restarts the server, but for one that mounts another Secret.",
  {
    enabled: bool(
      "True has the server ask the directory. False switches that off on a server where it is on. Removing the whole section does the same, for a directory that the operator has set.",
    ).default(false),
    url: text("Address of the directory, such as ldaps://dc.example.com:636.", {
      minLength: 1,
      maxLength: 512,
      form: {
        pattern: String.raw`^[lL][dD][aA][pP][sS]?://[^\s/]+/?$`,
        message: "must be an address such as ldaps://dc.example.com:636, or ldap:// with startTLS",
      },
    }).exactOptional(),
    startTLS: bool("True encrypts a connection to an ldap:// address before anything is sent.").default(false),
    allowPlaintext: bool("True sends the bind password unencrypted to an ldap:// address.").default(false),
    baseDN: name("Where the directory is searched, such as DC=example,DC=com."),
    bindDN: name("Account with which the server searches, such as CN=dittofs,OU=Services,DC=example,DC=com."),
    bindPasswordSecretRef: secretKeyRef(
      "Password of the account in bindDN. A changed one is set on the running server.",
    ).exactOptional(),
    userAttr: text("Attribute that holds a user's login name. Left out, sAMAccountName.", {
      minLength: 1,
      maxLength: 128,
      form: { pattern: "^[A-Za-z][A-Za-z0-9-]*$", message: "must be the name of an attribute, such as uid" },
    }).exactOptional(),
    realm: text("Kerberos realm of the directory's users, such as EXAMPLE.COM.", { maxLength: 255 }).exactOptional(),
    idmap: oneOf(
      "Where uid and gid come from: the attributes uidNumber and gidNumber (rfc2307), or computed from the Windows id (rid). Left out, rfc2307.",
      ["rfc2307", "rid"],
    ).exactOptional(),
    nestedGroups: bool("True also counts groups that contain a user's groups.").exactOptional(),
    timeout: duration("How long one request to the directory may take. Left out, 10s.", {
      min: "1s",
      max: "10m",
    }).exactOptional(),
    maxGroupResults: int32("Most groups that are looked up for one user. Left out, 200.", {
      min: 1,
      max: 100_000,
    }).exactOptional(),
    caCertFile: text(
      "Path inside the pod of the certificates (PEM) that the directory's certificate is checked against. caCertSecretRef mounts them from a Secret.",
      {
        minLength: 1,
        maxLength: 1024,
        form: { pattern: "^/", message: "must be a path from the root, such as /etc/ssl/certs/ca.crt" },
      },
    ).exactOptional(),
    caCertSecretRef: secretKeyRef(
      "Certificates (PEM) that the directory's certificate is checked against. Left out, those of the image. Another Secret restarts the server once, a changed one is read at the next connection.",
    ).exactOptional(),
    clientCertSecretName: objectName(
      "Secret with the keys tls.crt and tls.key: the certificate that the server shows to the directory.",
    ).exactOptional(),
    insecureSkipVerify: bool("True does not check the directory's certificate. For trials only.").exactOptional(),
    minTLSVersion: oneOf("Oldest version of TLS. Left out, 1.2.", ["1.2", "1.3"]).exactOptional(),
  },
  {
    rules: [
      needed("url", "name the directory"),
      needed("baseDN", "name where it is searched"),
      needed("bindDN", "the server does not search without an account"),
      needed("bindPasswordSecretRef", "name the Secret with the password of bindDN"),
      {
        rule: '!self.enabled || !has(self.url) || self.startTLS || self.allowPlaintext || self.url.lowerAscii().startsWith("ldaps://")',
        message:
          "url is an unencrypted ldap:// address: set startTLS, use ldaps://, or set allowPlaintext to send the password in clear",
        fieldPath: ".url",
      },
      {
        rule: "!has(self.caCertFile) || !has(self.caCertSecretRef)",
        message: "caCertFile and caCertSecretRef cannot both be given: keep one of them",
        fieldPath: ".caCertFile",
      },
    ],
  },
).exactOptional();
