import { request } from "node:http";
import { text } from "node:stream/consumers";
import type { ApiAnswer } from "../cluster/admin-connection.ts";

type Address = { readonly host: string; readonly port: number };
type Call = { readonly method?: string; readonly token?: string; readonly body?: unknown };

/** A share as the server's REST API shows it. */
export type ServedShare = {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly read_only: boolean;
  readonly default_permission: string;
  readonly local_store_size?: string;
  readonly status: { readonly status: string };
};

const timeoutMs = 5000;

/** What a user of the server's REST API sees at this address; rejects when the password is not the administrator's. */
export async function servedShares(at: Address, password: string): Promise<readonly ServedShare[]> {
  const login = await call(at, "/api/v1/auth/login", { method: "POST", body: { username: "admin", password } });
  if (login.status !== 200)
    throw new Error(`login at ${at.host}:${at.port}: ${login.status} ${JSON.stringify(login.body)}`);
  const { access_token: token } = login.body as { access_token: string }; // a login that was granted
  const shares = await call(at, "/api/v1/shares", { token });
  if (shares.status !== 200) throw new Error(`shares of ${at.host}:${at.port}: ${shares.status}`);
  return shares.body as readonly ServedShare[]; // a list that was granted
}

async function call({ host, port }: Address, path: string, { method = "GET", token, body }: Call): Promise<ApiAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ApiAnswer>();
  const headers = {
    "content-type": "application/json",
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const sent = request({ host, port, path, method, headers, timeout: timeoutMs }, (response) => {
    const answer = async (): Promise<ApiAnswer> => ({
      status: response.statusCode ?? 0,
      body: parsed(await text(response)),
    });
    answer().then(resolve, reject);
  });
  sent.on("error", reject).on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer`)));
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  return await promise;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content) as unknown; // JSON.parse answers any
  } catch {
    return content;
  }
}
