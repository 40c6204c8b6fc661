import { SealedText } from "../domain/secrets/sealed-text.ts";
import type { SecretForm } from "../domain/world.ts";

type UriForm = Extract<SecretForm, { kind: "postgresUri" }>;

const sslModes = ["disable", "require", "verify-ca", "verify-full"];
const longest = 2_048;

/** A connection URI of libpq, taken apart: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS */
export function postgresUri(text: string): UriForm | undefined {
  if (!/^postgres(ql)?:\/\//.test(text)) return undefined;
  const problem = (what: string): UriForm => ({ kind: "postgresUri", place: { problem: what } });
  if (text.length > longest) return problem(`is longer than ${longest} characters`);
  const parts = taken(text.trim());
  if (parts === undefined) return problem("cannot be read as a URI; special characters in the password need % codes");
  const { host, port, database, user, password, sslMode } = parts;
  if (host === "" || host.includes(",")) return problem("must name one host");
  if (database === "") return problem("names no database");
  if (user === "") return problem("names no user");
  if (sslMode !== undefined && !sslModes.includes(sslMode))
    return problem(`must have an sslmode of ${sslModes.join(", ")}`);
  const place = { host, port, database, user, password: new SealedText(password) };
  return { kind: "postgresUri", place: { ...place, ...(sslMode !== undefined && { sslMode }) } };
}

type Parts = {
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly sslMode: string | undefined;
};

function taken(text: string): Parts | undefined {
  try {
    const url = new URL(text);
    return {
      host: decodeURIComponent(url.hostname.replaceAll(/^\[|\]$/g, "")),
      port: url.port === "" ? "5432" : url.port,
      database: decodeURIComponent(url.pathname.slice(1)),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      sslMode: url.searchParams.get("sslmode") ?? undefined,
    };
  } catch {
    // The error quotes the URI, with its password.
    return undefined;
  }
}
