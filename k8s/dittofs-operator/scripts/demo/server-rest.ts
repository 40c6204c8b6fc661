import { request } from "node:http";
import { json } from "node:stream/consumers";
import { DemoFailure } from "./demo-failure.ts";
import type { RestAddress } from "./stage.ts";

/** A logged-in administrator of a DittoFS server. Every call answers the body, or throws what the server refuses. */
export type ServerRest = {
  readonly get: (path: string) => Promise<unknown>;
  readonly post: (path: string, body: unknown) => Promise<unknown>;
};

type Call = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string;
};

const timeoutMs = 10_000;

/** Independent of the operator's client: the demo looks with its own eyes. */
export async function logIn(address: RestAddress, username: string, password: string): Promise<ServerRest> {
  const answer = await call(address, { method: "POST", path: "/api/v1/auth/login", body: { username, password } });
  const { access_token: token } = answer as { access_token: string }; // a login that succeeded answers it
  return {
    get: (path) => call(address, { method: "GET", path, token }),
    post: (path, body) => call(address, { method: "POST", path, body, token }),
  };
}

async function call(address: RestAddress, { method, path, body, token }: Call): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const content = Buffer.from(body === undefined ? "" : JSON.stringify(body));
  const headers = {
    "content-length": content.length,
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const sent = request({ ...address, method, path, headers, agent: false, timeout: timeoutMs }, (response) => {
    if (response.statusCode === 200 || response.statusCode === 201) json(response).then(resolve, reject);
    else reject(new DemoFailure(`the server answers ${response.statusCode} to ${method} ${path}`));
  });
  sent
    .on("error", reject)
    .on("timeout", () => sent.destroy(new Error(`${method} ${path}: the server does not answer`)));
  sent.end(content);
  return await promise;
}
