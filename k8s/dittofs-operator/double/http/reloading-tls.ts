import { readFileSync, statSync } from "node:fs";
import type { ServerOptions } from "node:https";
import { createSecureContext, type SecureContext } from "node:tls";
import type { TlsFiles } from "../config/config.ts";
import { StartError } from "../start-error.ts";

/**
 * TLS settings whose certificate follows its files: it is read again in the next handshake once a file is newer.
 * Files that vanished or do not fit each other are ignored and the old certificate stays. The client CA is read once.
 */
export function reloadingTls(files: TlsFiles): { readonly options: ServerOptions } {
  let loaded = load(files);
  const current = (): SecureContext => {
    try {
      if (modifiedMs(files).some((time, index) => time > (loaded.modified[index] ?? 0))) loaded = load(files);
    } catch {
      // Whatever is wrong with the new files, connections go on with the old ones.
    }
    return loaded.context;
  };
  const clientCa = files.clientCa === undefined ? undefined : readText(files.clientCa);
  const options: ServerOptions = {
    ...pair(files),
    minVersion: files.minVersion,
    // A server without SNI callback would keep the first certificate; clients without a server name get it all the same.
    SNICallback: (_name, callback) => callback(null, current()),
    ...(clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true }),
  };
  return { options };
}

interface Loaded {
  readonly context: SecureContext;
  readonly modified: readonly number[];
}

function load(files: TlsFiles): Loaded {
  const modified = modifiedMs(files);
  const ca = files.clientCa === undefined ? {} : { ca: readText(files.clientCa) };
  try {
    return { context: createSecureContext({ ...pair(files), ...ca, minVersion: files.minVersion }), modified };
  } catch (cause) {
    throw new StartError(`failed to load TLS certificate ${files.certFile}: ${String(cause)}`, 1, cause);
  }
}

function pair(files: TlsFiles): { readonly cert: string; readonly key: string } {
  return { cert: readText(files.certFile), key: readText(files.keyFile) };
}

function modifiedMs(files: TlsFiles): readonly number[] {
  return [files.certFile, files.keyFile].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new StartError(`failed to load TLS file ${path}: ${String(cause)}`, 1, cause);
  }
}
