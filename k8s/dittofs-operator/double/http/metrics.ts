import { createHash, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import type { Config } from "../config/config.ts";
import type { DittofsServer } from "../dittofs-server.ts";
import { StartError } from "../start-error.ts";
import { text, wire } from "./answer.ts";

type MetricsConfig = NonNullable<Config["metrics"]>;

/** The bearer token that scrapers must send, if the configuration asks for one. Throws StartError if the file has none. */
export function metricsToken({ tokenFile }: MetricsConfig): string | undefined {
  if (tokenFile === undefined) return undefined;
  let token: string;
  try {
    token = readFileSync(tokenFile, "utf8").trim();
  } catch (cause) {
    throw new StartError(`read metrics token file ${tokenFile}: ${String(cause)}`, 1, cause);
  }
  if (token === "") throw new StartError(`metrics token file ${tokenFile} is empty`);
  return token;
}

/** A few of the server's metrics on their own listener. */
export function metricsEndpoint(
  server: DittofsServer,
  config: MetricsConfig,
  token: string | undefined,
): RequestListener {
  return (request, response) => {
    const path = (request.url ?? "/").split("?")[0];
    const isAllowed = token === undefined || isSame(request.headers.authorization ?? "", `Bearer ${token}`);
    const refusal = path !== config.path ? text(404, "404 page not found") : text(401, "unauthorized");
    if (path === config.path && isAllowed) {
      response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8; escaping=underscores" });
      response.end(exposition(server));
      return;
    }
    const { status, headers, body } = wire(refusal);
    response.writeHead(status, { ...headers, ...(status === 401 ? { "www-authenticate": "Bearer" } : {}) }).end(body);
  };
}

function exposition(server: DittofsServer): string {
  const lines = [
    "# HELP dittofs_build_info Build of the server; always 1.",
    "# TYPE dittofs_build_info gauge",
    'dittofs_build_info{commit="double",version="v0.29.0"} 1',
    "# HELP dittofs_client_connections_active Open client connections by protocol.",
    "# TYPE dittofs_client_connections_active gauge",
    'dittofs_client_connections_active{protocol="nfs"} 0',
    'dittofs_client_connections_active{protocol="smb"} 0',
    "# HELP dittofs_sync_pending_bytes Bytes of a share that are not uploaded.",
    "# TYPE dittofs_sync_pending_bytes gauge",
    ...server.shares
      .all()
      .map((share) => `dittofs_sync_pending_bytes{share=${JSON.stringify(share.name)}} ${share.unsyncedBytes}`),
  ];
  return `${lines.join("\n")}\n`;
}

function isSame(left: string, right: string): boolean {
  const digest = (value: string): Buffer => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(left), digest(right));
}
