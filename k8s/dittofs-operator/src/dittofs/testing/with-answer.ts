import type { DittoFs, DittoFsApi } from "../../outside.ts";
import { ManualClock } from "../../runtime/manual-clock.ts";
import { dittoFsClient } from "../dittofs-client.ts";
import { type LoopbackServer, loopbackServer } from "./loopback-server.ts";

type Client = { readonly dittofs: DittoFs; readonly api: DittoFsApi; readonly server: LoopbackServer };

/** A client of a server that answers every call with this. */
export async function withAnswer(body: unknown, run: (client: Client) => Promise<void>): Promise<void> {
  const server = await loopbackServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  const dittofs = dittoFsClient(new ManualClock());
  try {
    await run({ dittofs, api: dittofs.api(server.target, "a-token"), server });
  } finally {
    await server.close();
  }
}
