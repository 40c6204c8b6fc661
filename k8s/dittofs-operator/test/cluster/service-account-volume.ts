import { mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type ServiceAccountFiles = { readonly token: string; readonly "ca.crt": string; readonly namespace: string };

/**
 * Writes what a pod finds in its service account folder, the way a kubelet does: all files change at once, by one rename of the link
 * `..data`, and a reader who follows it never sees a half.
 */
export function writeServiceAccountVolume(folder: string, files: ServiceAccountFiles): void {
  const version = `..${process.hrtime.bigint()}`;
  mkdirSync(join(folder, version), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, version, name), content, { mode: 0o600 });
  }
  symlinkSync(version, join(folder, "..data.new"));
  renameSync(join(folder, "..data.new"), join(folder, "..data"));
  for (const name of Object.keys(files)) {
    symlinkSync(join("..data", name), join(folder, `${name}.new`));
    renameSync(join(folder, `${name}.new`), join(folder, name));
  }
}
