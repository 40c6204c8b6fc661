/** Fields for which no good value follows from the schema, or for which another golden input than the first that has it is better. */
export const chosenChanges: Readonly<
  Record<string, { readonly input?: string; readonly values?: readonly unknown[] }>
> = {
  "identity.ldap.enabled": { input: "registry" },
  "pod.affinity": { values: [{ podAntiAffinity: {} }] },
  "stores.remote[].s3.prefix": { values: ["elsewhere/"] },
  "shares[].snapshots.interval": { values: ["@daily"] },
  extraConfig: { values: [{ metrics: { enabled: false } }] },
};
