import type { DittoServer } from "../../api/ditto-server.ts";
import { metricsListener, metricsToken } from "../secrets/tls-secrets.ts";
import { type TlsSettings, tlsSettings } from "./tls-settings.ts";

type MetricsSettings = Readonly<Record<string, string | number | boolean | TlsSettings>>;

/** The section `metrics` of the server's file; undefined where the server shall have none. */
export function metricsSettings(server: DittoServer): MetricsSettings | undefined {
  const { metrics } = server.spec;
  if (metrics?.enabled !== true) return undefined;
  const tls = tlsSettings(metricsListener, server, metrics.tls?.minTLSVersion);
  const { directory, fileName } = metricsToken.delivery;
  return {
    enabled: true,
    // The server's own default is the loopback address, which no scraper reaches.
    host: "0.0.0.0",
    port: metrics.port,
    path: metrics.path,
    ...(metrics.bearerTokenSecret === undefined
      ? { auth: "none" }
      : { auth: "token", token_file: `${directory}/${fileName}` }),
    ...(tls !== undefined && { tls }),
  };
}
