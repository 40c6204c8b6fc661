import * as z from "zod/mini";
import type { DittoFsClient } from "../outside/dittofs-client.ts";
import type { DittoFsApi } from "../outside.ts";
import { publicText } from "./public-text.ts";
import type { Rest } from "./rest.ts";
import { listOf } from "./schemas.ts";

const client = z.pipe(
  z.object({ protocol: z.string(), address: z.nullish(z.string()), user: z.nullish(z.string()) }),
  z.transform(({ protocol, address, user }): DittoFsClient => {
    const shown = publicText(user ?? "");
    return { protocol: publicText(protocol), address: publicText(address ?? ""), ...(shown !== "" && { user: shown }) };
  }),
);

export function clientCalls(call: Rest): Pick<DittoFsApi, "clients"> {
  return {
    clients: (signal) => call({ method: "GET", path: "/api/v1/clients", schema: listOf(client), isList: true, signal }),
  };
}
