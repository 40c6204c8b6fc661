import { readFileSync } from "node:fs";

/** How many keys a keytab holds. Throws with the server's words when it cannot be loaded. */
export function keytabKeys(path: string): number {
  const bytes = readFile(path);
  if (bytes.length < 6) throw new Error(`${bytes.toString("latin1")}'s length is less than 6`);
  if (bytes[0] !== 5) throw new Error("invalid keytab data. First byte does not equal 5");
  let [keys, at] = [0, 2];
  while (at + 4 <= bytes.length) {
    const size = bytes.readInt32BE(at);
    if (size === 0) break;
    if (size > 0) keys += 1;
    at += 4 + Math.abs(size);
  }
  if (at > bytes.length) throw new Error("keytab data is cut off");
  return keys;
}

/** Throws as the server does when there is no krb5.conf; what is in it does not matter here. */
export function loadKrb5Conf(path: string): void {
  try {
    readFile(path);
  } catch (error) {
    throw new Error(`parse krb5.conf: configuration file could not be opened: ${path} ${String(error)}`, {
      cause: error,
    });
  }
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Error(`open ${path}: no such file or directory`, { cause });
  }
}
