import { createHash } from "node:crypto";
import { ROTATE_ANNOTATION } from "../../api/group.ts";
import type { World } from "../world.ts";
import { generatedAdminSecret, generatedUserSecret, nextKey } from "./generated-secrets.ts";
import type { Rotation } from "./rotated-secret.ts";
import { userPasswords } from "./user-passwords.ts";

/** What is asked of the generated Secrets, and how far the server has followed. */
export function rotation(world: Pick<World, "server" | "children" | "secrets" | "dittofs">): Rotation {
  const value = world.server.metadata.annotations?.[ROTATE_ANNOTATION];
  return {
    asked: value === undefined ? undefined : sha256(value).slice(0, 16),
    taken: new Set([...takenByAdmin(world), ...takenByUsers(world)]),
  };
}

function takenByAdmin({
  server,
  children,
  dittofs,
}: Pick<World, "server" | "children" | "dittofs">): readonly string[] {
  const { name, key } = generatedAdminSecret(server);
  const next = children.secrets.find(({ metadata }) => metadata?.name === name)?.data?.[nextKey(key)];
  if (next === undefined || dittofs.kind !== "answered") return [];
  return sha256(Buffer.from(next, "base64")) === dittofs.adminPasswordDigest ? [name] : [];
}

function takenByUsers({
  server,
  children,
  secrets,
  dittofs,
}: Pick<World, "server" | "children" | "secrets" | "dittofs">): readonly string[] {
  if (dittofs.kind !== "answered") return [];
  const passwords = userPasswords({ server, named: secrets, generated: children.secrets });
  return (server.spec.users ?? []).flatMap(({ name }) => {
    const password = passwords.get(name);
    const isTaken = password?.kind === "usable" && password.digest === dittofs.appliedPasswords[name];
    return isTaken ? [generatedUserSecret(server, name).name] : [];
  });
}

function sha256(value: string | Uint8Array): string {
  return createHash("sha256").update(value).digest("hex");
}
