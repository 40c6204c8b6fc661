import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { isObject } from "./http/body.ts";
import { type Double, type DoubleOptions, startDouble } from "./start-double.ts";

export const adminPassword = "admin-password";
export const jwtSecret = "a-secret-of-the-double-that-is-long-enough";

/** The parts of an answer that tests look at. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  /** Parsed if the type says JSON, otherwise the text. */
  readonly body: unknown;
  /** The body as an object; empty if it is none. */
  readonly object: Readonly<Record<string, unknown>>;
  /** The objects of a body that is a list; empty if it is none. */
  readonly list: readonly Readonly<Record<string, unknown>>[];
  readonly headers: IncomingHttpHeaders;
}

export interface FreshDouble {
  /** The running double; another object after a restart. */
  readonly double: Double;
  /** The folder of everything it stores; removed at the end. */
  readonly folder: string;
  readonly options: DoubleOptions;
  /** A request as the admin, or with another token, or with none (`''`). */
  call(method: string, path: string, body?: unknown, token?: string): Promise<Reply>;
  login(username: string, password: string): Promise<string>;
  /** Stops it and starts it on the same state, with other options if given. */
  restart(changes?: Partial<DoubleOptions>): Promise<void>;
  end(): Promise<void>;
  /** A metadata store `meta` (badger) and a local block store `local` (fs), as shares need them. */
  addStores(): Promise<void>;
  /** A share on those stores. */
  addShare(name: string, fields?: Readonly<Record<string, unknown>>): Promise<Reply>;
}

/** An address of the loopback network that nobody else has, so that doubles in one process or many keep the real ports. */
export function freshLoopback(): string {
  return `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
}

/** Content of config.yaml for a double of its own. */
export function freshConfig(
  folder: string,
  changes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Record<string, unknown> {
  return {
    ...changes,
    database: { sqlite: { path: join(folder, "controlplane", "controlplane.db") }, ...changes.database },
    controlplane: { host: freshLoopback(), ...changes.controlplane },
  };
}

/** Starts a double with an address, a folder and an admin of its own. */
export async function freshDouble(
  changes: Omit<Partial<DoubleOptions>, "config"> & { readonly config?: Parameters<typeof freshConfig>[1] } = {},
): Promise<FreshDouble> {
  const folder = await mkdtemp(join(tmpdir(), "dittofs-double-"));
  const env = { DITTOFS_CONTROLPLANE_SECRET: jwtSecret, DITTOFS_ADMIN_INITIAL_PASSWORD: adminPassword, ...changes.env };
  let options: DoubleOptions = { slowFactor: 0.001, ...changes, env, config: freshConfig(folder, changes.config) };
  let double = await startDouble(options);
  let adminToken: string | undefined;
  const login = async (username: string, password: string): Promise<string> => {
    const { body } = await request(double.url, {
      method: "POST",
      path: "/api/v1/auth/login",
      body: { username, password },
      token: "",
    });
    return isObject(body) && typeof body.access_token === "string" ? body.access_token : "";
  };
  const call: FreshDouble["call"] = async (method, path, body, token) => {
    if (token === undefined) adminToken ??= await login("admin", adminPassword);
    return await request(double.url, { method, path, body, token: token ?? adminToken ?? "" });
  };
  return {
    get double() {
      return double;
    },
    get options() {
      return options;
    },
    folder,
    login,
    call,
    addStores: async () => {
      const config = (name: string): string => JSON.stringify({ path: join(folder, name) });
      await call("POST", "/api/v1/store/metadata", { name: "meta", type: "badger", config: config("meta") });
      await call("POST", "/api/v1/store/block/local", { name: "local", type: "fs", config: config("block") });
    },
    addShare: (name, fields = {}) =>
      call("POST", "/api/v1/shares", { name, metadata_store_id: "meta", local_block_store: "local", ...fields }),
    restart: async (again = {}) => {
      await double.stop();
      options = { ...options, ...again };
      double = await startDouble(options);
    },
    end: async () => {
      await double.crash();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One connection per request: an idle one of a server that was stopped would be reused after its restart. */
export function request(
  url: string,
  {
    method,
    path,
    body,
    token,
  }: { readonly method: string; readonly path: string; readonly body?: unknown; readonly token: string },
): Promise<Reply> {
  const headers = token === "" ? {} : { authorization: `Bearer ${token}` };
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const sent = httpRequest(`${url}${path}`, { method, headers, agent: false }, (response) => {
    text(response).then((content) => {
      const type = response.headers["content-type"] ?? "";
      const body: unknown = type.includes("json") ? JSON.parse(content) : content;
      const list: readonly unknown[] = Array.isArray(body) ? body : [];
      resolve({
        status: response.statusCode ?? 0,
        type,
        body,
        object: isObject(body) ? body : {},
        list: list.filter(isObject),
        headers: response.headers,
      });
    }, reject);
  });
  sent.on("error", reject);
  sent.end(body === undefined || typeof body === "string" ? body : JSON.stringify(body));
  return promise;
}

/** A fresh double that ends with the test. */
export async function doubleFor(
  test: { after(end: () => Promise<void>): void },
  changes: Parameters<typeof freshDouble>[0] = {},
): Promise<FreshDouble> {
  const fresh = await freshDouble(changes);
  test.after(() => fresh.end());
  return fresh;
}
