import type { DittoFsProviderSettings } from "../../src/outside/dittofs-identity.ts";
import type { DittoFsApi } from "../../src/outside.ts";

/** Calls about identity providers with the files of the pod somewhere else. */
export function relocatedIdentity(
  api: DittoFsApi,
  folder: string,
): Pick<DittoFsApi, "identityProvider" | "putIdentityProvider" | "testIdentityProvider"> {
  const away = (settings: DittoFsProviderSettings) => moved(settings, (path) => `${folder}${path}`);
  const back = (settings: DittoFsProviderSettings) =>
    moved(settings, (path) => (path.startsWith(folder) ? path.slice(folder.length) : path));
  return {
    identityProvider: async (type, signal) => {
      const answer = await api.identityProvider(type, signal);
      return answer.code === "ok" ? { code: "ok", value: back(answer.value) } : answer;
    },
    putIdentityProvider: (body, signal) => api.putIdentityProvider({ ...body, settings: away(body.settings) }, signal),
    testIdentityProvider: (body, signal) =>
      api.testIdentityProvider({ ...body, settings: away(body.settings) }, signal),
  };
}

const paths = ["keytab_path", "krb5_conf"];

function moved(settings: DittoFsProviderSettings, move: (path: string) => string): DittoFsProviderSettings {
  const entries = Object.entries(settings).map(([key, value]) => {
    const isPath = paths.includes(key) && typeof value === "string" && value !== "";
    return [key, isPath ? move(value) : value] as const;
  });
  return Object.fromEntries(entries);
}
