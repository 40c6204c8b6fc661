import { readFileSync, statSync } from "node:fs";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import type { TlsFiles } from "../config/config.ts";
import { StartError } from "../start-error.ts";

export interface ReloadingTls {
  readonly options: SecureContextOptions;
  /** Options with the new certificate if a file has become newer, else undefined. */
  changed(): SecureContextOptions | undefined;
}

/**
 * TLS settings whose certificate follows its files. Files that vanished or do not fit each other are ignored and the old certificate
 * stays. The client CA is read once. Throws StartError if the first reading fails.
 */
export function reloadingTls(files: TlsFiles): ReloadingTls {
  const fixed: SecureContextOptions = {
    minVersion: files.minVersion,
    ...(files.clientCa === undefined ? {} : { ca: readText(files.clientCa) }),
  };
  let modified = modifiedMs(files);
  const options = { ...fixed, ...pair(files) };
  return {
    options,
    changed: () => {
      const now = modifiedMs(files);
      if (!now.some((timeMs, index) => timeMs > (modified[index] ?? 0))) return undefined;
      try {
        const next = { ...fixed, ...pair(files) };
        modified = now;
        return next;
      } catch {
        // Whatever is wrong with the new files, connections go on with the old ones.
        return undefined;
      }
    },
  };
}

function modifiedMs(files: TlsFiles): readonly number[] {
  return [files.certFile, files.keyFile].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

function pair({ certFile, keyFile }: TlsFiles): { readonly cert: string; readonly key: string } {
  const both = { cert: readText(certFile), key: readText(keyFile) };
  try {
    createSecureContext(both);
  } catch (cause) {
    throw new StartError(
      `failed to configure TLS: ${certFile} and ${keyFile} are no certificate and its key`,
      1,
      cause,
    );
  }
  return both;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new StartError(`failed to configure TLS: cannot read ${path}`, 1, cause);
  }
}
