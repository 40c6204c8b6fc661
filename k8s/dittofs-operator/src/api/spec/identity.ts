import { duration, object, oneOf, secretKeyRef, text } from "../schema/vocabulary.ts";
import { kerberos } from "./kerberos.ts";
import { ldap } from "./ldap.ts";

const jwt = object("Tokens of the REST API.", {
  secretRef: secretKeyRef(
    "Signing secret, at least 32 characters. Left out, the operator generates one into the Secret NAME-jwt-secret.",
  ).exactOptional(),
  accessTokenDuration: duration("How long an access token is valid.", { min: "10s", max: "8760h" }).default("15m"),
  refreshTokenDuration: duration("How long a refresh token is valid.", { min: "10s", max: "87600h" }).default("168h"),
}).prefault({});

const admin = object("The server's administrator, as whom the operator logs in.", {
  username: oneOf("Name of the administrator. The server knows only `admin`.", ["admin"]).default("admin"),
  passwordSecretRef: secretKeyRef(
    "Password in clear, 8 to 72 characters; the server takes it at its very first start only. Left out, the operator generates one into the Secret NAME-admin-bootstrap-credentials.",
  ).exactOptional(),
}).prefault({});

/** Who may use the server, and where it learns of them. */
export const identity = object("Credentials of the REST API, and the directories that the server asks about people.", {
  type: oneOf("Inert: what the Go operator's manifests carry. Users are in spec.users and in the directory.", [
    "memory",
  ]).exactOptional(),
  machineSid: text(
    "Security identifier of the server for Windows clients. Left out, the server makes one at its first start and keeps it; a changed one makes other owners of all files. A change restarts the server.",
    {
      maxLength: 64,
      form: { pattern: "^S-1-5-21(-[0-9]{1,10}){3}$", message: "must be of the form S-1-5-21-1-2-3" },
    },
  ).exactOptional(),
  jwt,
  admin,
  ldap,
  kerberos,
}).prefault({});
