import { duration, object, oneOf, secretKeyRef } from "../schema/vocabulary.ts";

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

/** Who may use the REST API. */
export const identity = object("Credentials of the REST API.", { jwt, admin }).prefault({});
