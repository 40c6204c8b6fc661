import type { PostgresSettings } from "./postgres-settings.ts";

type Where = Pick<PostgresSettings, "host" | "port" | "database" | "user" | "sslMode">;
type Kind = "name" | "network" | "tls" | "password" | "database" | "busy";

/** Codes of Node's network and TLS, and of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const kinds: Readonly<Record<string, Kind>> = {
  ENOTFOUND: "name",
  EAI_AGAIN: "name",
  ECONNREFUSED: "network",
  ECONNRESET: "network",
  EPIPE: "network",
  ETIMEDOUT: "network",
  EHOSTUNREACH: "network",
  ENETUNREACH: "network",
  CERT_HAS_EXPIRED: "tls",
  CERT_NOT_YET_VALID: "tls",
  CERT_UNTRUSTED: "tls",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls",
  ERR_TLS_CERT_ALTNAME_INVALID: "tls",
  SELF_SIGNED_CERT_IN_CHAIN: "tls",
  UNABLE_TO_GET_ISSUER_CERT: "tls",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls",
  EPROTO: "tls",
  "28P01": "password",
  "28000": "password",
  "3D000": "database",
  "42501": "database",
  "53300": "busy",
  "57P03": "busy",
};

const sentences: Readonly<Record<Kind, (where: Where) => string>> = {
  name: ({ host }) => `The name ${host} is not known: correct the host, or look whether its Service exists.`,
  network: ({ host, port }) =>
    `${host} does not accept connections on port ${port}: look whether PostgreSQL runs there, and whether a NetworkPolicy or firewall is in between.`,
  tls: ({ host, sslMode }) =>
    `The TLS connection to ${host} with sslMode ${sslMode} is not trusted: give the certificate of its authority (caSecretRef), and the host by a name that stands in its certificate.`,
  password: ({ user, database, sslMode }) =>
    `PostgreSQL refuses user ${user} on database ${database} with sslMode ${sslMode}: correct the user, the password in its Secret, or pg_hba.conf.`,
  database: ({ user, database }) =>
    `Database ${database} does not exist, or user ${user} may not use it: create it (CREATE DATABASE ... OWNER ...), or correct the name.`,
  busy: ({ host }) => `PostgreSQL on ${host} is starting, stopping, or has no connection left.`,
};

const longest = 200;

/** Why a connection did not come about and what to do, with what was answered; the password is in no error of the two libraries. */
export function connectionProblem(error: unknown, where: Where): string {
  const code = codeOf(error);
  const kind = code === undefined ? undefined : kinds[code];
  const said = `(${[code, textOf(error)].filter((part) => part !== undefined && part !== "").join(": ")})`;
  if (kind === undefined)
    return `No connection to database ${where.database} on ${where.host}:${where.port} with sslMode ${where.sslMode} ${said}.`;
  return `${sentences[kind](where)} ${said}`;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** One line, without what changes from try to try. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  // Several addresses of one name are tried together, and their errors come in one without a text.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const message = error.message === "" && first instanceof Error ? first.message : error.message;
  return message.replaceAll(/\s+/g, " ").slice(0, longest);
}
