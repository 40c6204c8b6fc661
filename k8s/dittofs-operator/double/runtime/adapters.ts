import { existsSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { isObject } from "../http/body.ts";
import type { AdapterRow } from "../state/rows.ts";
import type { Report, Reports } from "./report.ts";

const portOfZero: Readonly<Record<string, number>> = { nfs: 12049, smb: 12445 };
// The adapters' own defaults, which a negative port reaches.
const portBelowZero: Readonly<Record<string, number>> = { nfs: 2049, smb: 12445 };

interface Listener {
  readonly server: Server;
  readonly port: number;
  readonly bindAddress: string;
  readonly sockets: Set<Socket>;
  readonly bound: Promise<void>;
  isBound: boolean;
}

export function adapterPort(row: AdapterRow): number {
  if (row.port < 0) return portBelowZero[row.type] ?? 0;
  return row.port === 0 ? (portOfZero[row.type] ?? 0) : row.port;
}

export function isKnownAdapter(type: string): boolean {
  return Object.hasOwn(portOfZero, type);
}

/** Only a port that is too large makes the server panic. */
export function isPort(port: number): boolean {
  return port <= 65_535;
}

/** The listeners of the protocol adapters. They accept TCP connections and close them. One counts as running although its port could not be bound. */
export class Adapters {
  readonly #host: string;
  readonly #reports: Reports;
  readonly #root: string;
  readonly #listeners = new Map<string, Listener>();
  readonly #everStarted = new Set<string>();

  /** `host` is where adapters without an own bind address listen; empty for all addresses. Paths in their configuration lie below `root`. */
  constructor(host: string, reports: Reports, root = "/") {
    this.#host = host;
    this.#root = root;
    this.#reports = reports;
  }

  /** Starts to listen and returns without waiting for it, as the server does. */
  start(row: AdapterRow): void {
    const bindAddress = bindAddressOf(row);
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
      socket.end();
    });
    const port = adapterPort(row);
    const { promise: bound, resolve } = Promise.withResolvers<void>();
    const listener: Listener = { server, port, bindAddress, sockets, bound, isBound: false };
    this.#listeners.set(row.type, listener);
    this.#everStarted.add(row.type);
    if (!isTlsUsable(row, this.#root)) return resolve();
    server.on("error", () => resolve());
    server.listen({ port, ...hostOption(bindAddress || this.#host) }, () => {
      listener.isBound = true;
      resolve();
    });
  }

  /** After a change of the row: a listener whose address is the same stays as it is, also when the rest of its configuration changed. */
  async apply(row: AdapterRow): Promise<void> {
    const listener = this.#listeners.get(row.type);
    if (
      listener !== undefined &&
      row.enabled &&
      listener.port === adapterPort(row) &&
      listener.bindAddress === bindAddressOf(row)
    )
      return;
    await this.stop(row.type);
    if (row.enabled) this.start(row);
  }

  async stop(type: string): Promise<void> {
    const listener = this.#listeners.get(type);
    this.#listeners.delete(type);
    if (listener === undefined) return;
    await listener.bound;
    for (const socket of listener.sockets) socket.destroy();
    if (listener.isBound) await new Promise<void>((resolve) => listener.server.close(() => resolve()));
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#listeners.keys()].map((type) => this.stop(type)));
  }

  /** Waits until every listener has its port or has failed to get it. */
  async settled(): Promise<void> {
    await Promise.all([...this.#listeners.values()].map((listener) => listener.bound));
  }

  isRunning(type: string): boolean {
    return this.#listeners.has(type);
  }

  /** Whether it ran at any time in this process. */
  wasStarted(type: string): boolean {
    return this.#everStarted.has(type);
  }

  running(): readonly string[] {
    return [...this.#listeners.keys()];
  }

  report(type: string): Promise<Report> {
    return this.#reports.kept(`adapter ${type}`, () => {
      const listener = this.#listeners.get(type);
      if (listener === undefined) return this.#reports.make("unknown", `adapter ${type} not running`);
      return listener.isBound
        ? this.#reports.make("healthy")
        : this.#reports.make("unknown", `${type.toUpperCase()} adapter has not started yet`);
    });
  }
}

function bindAddressOf(row: AdapterRow): string {
  const address = row.config.bind_address;
  return typeof address === "string" ? address : "";
}

/** Looked at only here: a PUT takes any. NFS that cannot have its TLS does not start, and the process lives on. */
function isTlsUsable({ type, config }: AdapterRow, root: string): boolean {
  const { tls } = config;
  if (type !== "nfs" || !isObject(tls)) return true;
  const files = [tls.cert_file, tls.key_file, tls.client_ca].filter((path) => path !== undefined && path !== "");
  const modes: readonly unknown[] = [undefined, "", "opportunistic", "require"];
  return modes.includes(tls.mode) && files.every((path) => typeof path === "string" && existsSync(join(root, path)));
}

function hostOption(host: string): { readonly host?: string } {
  return host === "" ? {} : { host };
}
