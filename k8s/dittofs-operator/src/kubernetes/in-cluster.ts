import { readFile } from "node:fs/promises";
import type { Clock } from "../runtime/clock.ts";
import type { Connection } from "./connection.ts";

export type InClusterEnvironment = { readonly host: string; readonly port: string };

/** Where a pod finds its service account: https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
export const serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

/** client-go's rule: projected tokens rotate, so the file is read anew after a minute. */
const tokenTrustedMs = 60_000;

/** The environment of a pod; undefined outside of one. */
export function inClusterEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): InClusterEnvironment | undefined {
  const host = environment["KUBERNETES_SERVICE_HOST"];
  const port = environment["KUBERNETES_SERVICE_PORT"];
  return host === undefined || host === "" || port === undefined || port === "" ? undefined : { host, port };
}

/** A connection as the pod's own service account. Throws when the files are not there. */
export async function inClusterConnection(
  { host, port }: InClusterEnvironment,
  clock: Clock,
  folder = serviceAccountFolder,
): Promise<Connection> {
  const read = async (name: string): Promise<string> => {
    try {
      return (await readFile(`${folder}/${name}`, "utf8")).trim();
    } catch (cause) {
      throw new Error(`cannot read ${folder}/${name}: is automountServiceAccountToken off for this pod?`, { cause });
    }
  };
  const namespace = await read("namespace");
  let token: { readonly text: string; readonly readMs: number } | undefined;
  return {
    serverUrl: new URL(`https://${host.includes(":") ? `[${host}]` : host}:${port}`),
    namespace,
    tls: async () => ({ ca: await read("ca.crt") }),
    authorization: async () => {
      if (token === undefined || clock.monotonicMs() - token.readMs > tokenTrustedMs) {
        token = { text: await read("token"), readMs: clock.monotonicMs() };
      }
      return `Bearer ${token.text}`;
    },
    forgetCredentials: () => {
      token = undefined;
    },
  };
}
