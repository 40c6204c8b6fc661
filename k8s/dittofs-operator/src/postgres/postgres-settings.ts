/** How a PostgreSQL database is reached; the words are those of libpq. */
export type PostgresSettings = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly sslMode: SslMode;
  /** File with the certificates that are trusted besides those of the system. */
  readonly rootCertFile: string | undefined;
};

const sslModes = ["disable", "require", "verify-ca", "verify-full"] as const;
type SslMode = (typeof sslModes)[number];

export type ReadSettings =
  | { readonly kind: "settings"; readonly settings: PostgresSettings }
  /** Each names the variable and what it takes. */
  | { readonly kind: "wrong"; readonly problems: readonly string[] };

const prefix = "DITTOFS_DATABASE_POSTGRES_";
const defaultPort = 5432;

/** Reads the variables that DittoFS itself reads, with its defaults: what answers here answers there. */
export function postgresSettings(environment: Readonly<Record<string, string | undefined>>): ReadSettings {
  const problems: string[] = [];
  const optional = (name: string): string | undefined => environment[prefix + name] || undefined;
  const needed = (name: string): string => {
    const value = optional(name);
    if (value === undefined) problems.push(`${prefix}${name} is not set`);
    return value ?? "";
  };
  const port = Number(optional("PORT") ?? defaultPort);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) problems.push(`${prefix}PORT must be a port, 1 to 65535`);
  const sslMode = sslModes.find((mode) => mode === (optional("SSLMODE") ?? "disable"));
  if (sslMode === undefined) problems.push(`${prefix}SSLMODE must be one of ${sslModes.join(", ")}`);
  const settings: PostgresSettings = {
    host: needed("HOST"),
    port,
    database: needed("DATABASE"),
    user: needed("USER"),
    password: environment[`${prefix}PASSWORD`] ?? "",
    sslMode: sslMode ?? "disable",
    rootCertFile: optional("SSL_ROOT_CERT"),
  };
  return problems.length === 0 ? { kind: "settings", settings } : { kind: "wrong", problems };
}
