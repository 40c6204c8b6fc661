import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AdminConnection, httpsConnection } from "./https-connection.ts";

export type { AdminConnection, ApiAnswer } from "./https-connection.ts";

const url = new URL("https://10.251.0.1:6443");

/** To the lab's API server, with the administrator's certificate. */
export function adminConnection(labDirectory: string): AdminConnection {
  const read = (name: string): Buffer => readFileSync(join(labDirectory, "pki", name));
  return httpsConnection({ url, tls: { ca: read("ca.crt"), cert: read("admin.crt"), key: read("admin.key") } });
}
