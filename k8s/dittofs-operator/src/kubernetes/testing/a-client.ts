import type { KubernetesRequest } from "../../runtime/instruments.ts";
import type { KubernetesApi, Resource } from "../../runtime/kubernetes-api.ts";
import { ManualClock } from "../../runtime/manual-clock.ts";
import type { Connection } from "../connection.ts";
import { createKubernetesApi } from "../rest-client.ts";
import type { RestClientOptions } from "../rest-client-options.ts";
import { certificateAuthority } from "./certificate.ts";
import { FakeApiServer } from "./fake-api-server.ts";

export const configMaps: Resource = {
  group: "",
  version: "v1",
  kind: "ConfigMap",
  plural: "configmaps",
  isNamespaced: true,
};
export const secrets: Resource = { ...configMaps, kind: "Secret", plural: "secrets" };
export const key = { namespace: "default", name: "a" };

export const authority = certificateAuthority("first authority");
const certified = authority.issue("kubernetes.default");

export type AClient = AsyncDisposable & {
  readonly server: FakeApiServer;
  readonly api: KubernetesApi;
  readonly clock: ManualClock;
  readonly counted: readonly KubernetesRequest[];
  /** What the connection answers; a test changes it. */
  readonly credentials: { token: string; ca: string; renewals: number };
};

/** A client against a fake API server, with time that stands still unless a test moves it. */
export async function aClient(
  options: Partial<RestClientOptions> & { readonly serverUrl?: (url: URL) => URL } = {},
): Promise<AClient> {
  const server = await FakeApiServer.start(certified);
  const clock = new ManualClock();
  const counted: KubernetesRequest[] = [];
  const credentials = { token: "token-1", ca: authority.cert, renewals: 0 };
  const connection: Connection = {
    serverUrl: options.serverUrl?.(server.url) ?? server.url,
    namespace: "default",
    tls: async () => ({ ca: credentials.ca }),
    authorization: async () => `Bearer ${credentials.token}`,
    forgetCredentials: () => {
      credentials.renewals += 1;
    },
  };
  const instruments = { kubernetesRequest: (request: KubernetesRequest) => void counted.push(request) };
  const api = createKubernetesApi({ connection, clock, instruments, userAgent: "test/1", ...options });
  return { server, api, clock, counted, credentials, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** Lets time pass until the promise is settled, so that no test waits for a real clock. */
export async function whileTimePasses<T>(clock: ManualClock, stepMs: number, running: Promise<T>): Promise<T> {
  const state = { isSettled: false };
  const settled = running.finally(() => (state.isSettled = true));
  while (!state.isSettled) await clock.advance(stepMs);
  return await settled;
}
