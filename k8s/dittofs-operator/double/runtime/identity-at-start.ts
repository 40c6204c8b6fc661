import { accessSync } from "node:fs";
import type { Config } from "../config/config.ts";
import type { Environment } from "../config/config-values.ts";
import { StartError } from "../start-error.ts";
import type { Database } from "../state/database.ts";

const sections = ["ldap", "kerberos"] as const;

/** Stores the LDAP and Kerberos sections of the file the first time they are enabled; from then on the stored ones count. */
export function seedIdentityProviders(database: Database, { values }: Config): void {
  for (const type of sections) {
    if (database.identityProviders.some((row) => row.type === type) || values.get(`${type}.enabled`) !== true) continue;
    const keys = [...values].filter(([key]) => key.startsWith(`${type}.`) && key.split(".").length === 2);
    const config = Object.fromEntries(keys.map(([key, value]) => [key.slice(type.length + 1), value]));
    database.identityProviders.push({ type, config });
  }
  database.save();
}

/** With Kerberos enabled and SMB too, a keytab that cannot be read ends the start; there is no way to mend it over REST. */
export function checkKerberos(database: Database, { values }: Config, environment: Environment): void {
  const kerberos = database.identityProviders.find((row) => row.type === "kerberos")?.config;
  const isSmbEnabled = database.adapters.some((row) => row.type === "smb" && row.enabled);
  if (kerberos?.enabled !== true || !isSmbEnabled) return;
  const path = String(
    environment.DITTOFS_KERBEROS_KEYTAB || values.get("kerberos.keytab_path") || kerberos.keytab_path,
  );
  try {
    accessSync(path);
  } catch (cause) {
    throw new StartError(
      `failed to load adapters: failed to initialize SMB Kerberos provider: load keytab: open ${path}: no such file or directory`,
      1,
      cause,
    );
  }
}
