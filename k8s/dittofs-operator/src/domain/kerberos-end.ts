import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { DittoServer } from "../api/ditto-server.ts";
import { rolloutAnnotation } from "./rollout.ts";
import { keytab, krb5Conf, machineKeytab, machineSecret } from "./secrets/identity-secrets.ts";
import type { Delivery } from "./secrets/mounted-secrets.ts";
import type { World } from "./world.ts";

/** What the pod goes on with until Kerberos is off on the server. */
export type KerberosEnd = { readonly server: DittoServer; readonly rollout: string };

export type KerberosEndInputs = Pick<World, "server" | "dittofs"> & { readonly live: StatefulSet | undefined };

/**
 * A process whose database has Kerberos on does not start without its keytab, and then there is no API to switch it off
 * (measured with v0.29). So a pod keeps the keytab that the spec names no more until the server says that Kerberos is off.
 */
export function kerberosEnd({ server, dittofs, live }: KerberosEndInputs): KerberosEnd | undefined {
  if (server.spec.identity.kerberos?.enabled === true) return undefined;
  if (dittofs.kind === "answered" && dittofs.isKerberosOn === false) return undefined;
  const rollout = live?.spec?.template.metadata?.annotations?.[rolloutAnnotation];
  const keytabSecretRef = mountedReference(live, keytab);
  if (rollout === undefined || keytabSecretRef === undefined) return undefined;
  const krb5ConfSecretRef = mountedReference(live, krb5Conf);
  const machineAccount = machineAccountOf(live);
  const { identity } = server.spec;
  const kerberos = {
    enabled: true,
    keytabSecretRef,
    ...(krb5ConfSecretRef !== undefined && { krb5ConfSecretRef }),
    ...(machineAccount !== undefined && { machineAccount }),
  };
  return { server: { ...server, spec: { ...server.spec, identity: { ...identity, kerberos } } }, rollout };
}

function machineAccountOf(live: StatefulSet | undefined) {
  const environment = live?.spec?.template.spec?.containers.flatMap(({ env = [] }) => env) ?? [];
  const variable = environment.find(({ name }) => name === machineSecret.delivery.variable);
  const { name, key } = variable?.valueFrom?.secretKeyRef ?? {};
  const secretRef = name === undefined || key === undefined ? undefined : { name, key };
  const keytabSecretRef = mountedReference(live, machineKeytab);
  if (secretRef === undefined && keytabSecretRef === undefined) return undefined;
  return {
    enabled: true,
    ...(secretRef !== undefined && { secretRef }),
    ...(keytabSecretRef !== undefined && { keytabSecretRef }),
  };
}

function mountedReference(
  live: StatefulSet | undefined,
  { delivery }: { readonly delivery: Extract<Delivery, { kind: "file" }> },
) {
  const secret = live?.spec?.template.spec?.volumes?.find(({ name }) => name === delivery.volume)?.secret;
  const key = secret?.items?.find(({ path }) => path === delivery.fileName)?.key;
  return secret?.secretName === undefined || key === undefined ? undefined : { name: secret.secretName, key };
}
