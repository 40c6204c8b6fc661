import type { DittoServer } from "../api/ditto-server.ts";
import type { ApiTls } from "../domain/api-tls.ts";
import type { DittoFsTls } from "../outside/dittofs-target.ts";
import type { KubernetesApi } from "../runtime/kubernetes-api.ts";
import type { ClusterStores } from "./cluster-stores.ts";
import type { Session } from "./provision/sessions.ts";
import { resources } from "./resources.ts";

export type ApiTlsInputs = {
  readonly server: DittoServer;
  readonly api: Pick<KubernetesApi, "get">;
  readonly stores: Pick<ClusterStores, "secretNames">;
  readonly session: Session;
  readonly signal: AbortSignal;
};

type Found<T> = { readonly kind: "present"; readonly value: T } | { readonly kind: "absent"; readonly message: string };

/** What a certificate and its chain, or the authorities of a company, take; more is a mistake, and would stay in memory. */
const mostBytes = 64 * 1024;

/**
 * What the operator needs to speak TLS to a server. It is read again only when a Secret has changed, and one that went missing is no
 * reason to forget what the running server goes on with.
 */
export async function readApiTls(wanted: ApiTls, inputs: ApiTlsInputs): Promise<Found<DittoFsTls>> {
  const { session } = inputs;
  const version = versionOf(wanted, inputs);
  if (session.tls?.version === version) return { kind: "present", value: session.tls.value };
  const secrets = JSON.stringify([wanted.certSecretName, wanted.clientSecretName]);
  const read = await readAnew(wanted, inputs);
  if (read.kind === "present") session.tls = { secrets, version, value: read.value };
  else if (session.tls?.secrets === secrets) return { kind: "present", value: session.tls.value };
  return read;
}

async function readAnew(wanted: ApiTls, inputs: ApiTlsInputs): Promise<Found<DittoFsTls>> {
  const authority = await readAuthority(wanted.certSecretName, inputs);
  if (authority.kind === "absent") return authority;
  const client = await readClient(wanted.clientSecretName, inputs);
  if (client.kind === "absent") return client;
  const value = {
    serverNames: wanted.serverNames,
    authorities: authorities(authority.value, inputs.session.tls?.value),
    ...(client.value && { client: client.value }),
  };
  return { kind: "present", value };
}

function versionOf({ certSecretName, clientSecretName }: ApiTls, { server, stores }: ApiTlsInputs): string {
  const { namespace } = server.metadata;
  const versions = [certSecretName, clientSecretName].map((name) => {
    const metadata = name === undefined ? undefined : stores.secretNames.get({ namespace, name })?.metadata;
    return [name, metadata?.uid, metadata?.resourceVersion];
  });
  return JSON.stringify(versions);
}

/** A kubelet takes a minute or two to bring a new certificate into the pod: until then the earlier authority's is served. */
function authorities(authority: string | undefined, before: DittoFsTls | undefined): readonly string[] {
  if (authority === undefined) return [];
  const earlier = before?.authorities.find((each) => each !== authority);
  return earlier === undefined ? [authority] : [authority, earlier];
}

async function readAuthority(name: string | undefined, inputs: ApiTlsInputs): Promise<Found<string | undefined>> {
  if (name === undefined) return { kind: "present", value: undefined };
  const secret = await readSecret(name, inputs);
  if (secret.kind === "absent") return secret;
  const authority = secret.value.get("ca.crt");
  return { kind: "present", value: authority === "" ? undefined : authority };
}

async function readClient(name: string | undefined, inputs: ApiTlsInputs): Promise<Found<DittoFsTls["client"]>> {
  if (name === undefined) return { kind: "present", value: undefined };
  const secret = await readSecret(name, inputs);
  if (secret.kind === "absent") return secret;
  const [certificate, key] = [secret.value.get("tls.crt"), secret.value.get("tls.key")];
  if (certificate === undefined || key === undefined)
    return { kind: "absent", message: `Secret ${name} lacks tls.crt or tls.key, which the operator has to present.` };
  return { kind: "present", value: { certificate, key } };
}

async function readSecret(
  name: string,
  { server, api, signal }: ApiTlsInputs,
): Promise<Found<ReadonlyMap<string, string>>> {
  const answer = await api.get(resources.secrets, { namespace: server.metadata.namespace, name }, signal);
  if (!answer.ok) {
    const { code, message } = answer.failure;
    return { kind: "absent", message: `Secret ${name}, which TLS needs, cannot be read (${code}): ${message}` };
  }
  const { data } = answer.value;
  const entries = Object.entries(typeof data === "object" && data !== null ? data : {});
  const texts = entries.flatMap(([key, value]: [string, unknown]) =>
    typeof value === "string" ? [[key, Buffer.from(value, "base64").toString("latin1")] as const] : [],
  );
  const tooLong = texts.find(([, text]) => text.length > mostBytes);
  if (tooLong === undefined) return { kind: "present", value: new Map(texts) };
  return { kind: "absent", message: `${tooLong[0]} of Secret ${name} has more than ${mostBytes} bytes.` };
}
