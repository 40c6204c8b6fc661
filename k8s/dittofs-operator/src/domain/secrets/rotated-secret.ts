import type { Secret } from "kubernetes-types/core/v1";
import { ROTATED_ANNOTATION } from "../../api/group.ts";
import { base64, type Fresh, type GeneratedSecret, generatedData, nextKey } from "./generated-secrets.ts";

export type Rotation = {
  /** Stands for the annotation's value; undefined while nobody asks. */
  readonly asked: string | undefined;
  /** Names of generated Secrets whose next value is the one that the server has now. */
  readonly taken: ReadonlySet<string>;
};

export type RotatedSecret = {
  readonly data: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** A value was drawn: it must not replace one that this pass does not know. */
  readonly isDrawn: boolean;
};

export const noRotation: Rotation = { asked: undefined, taken: new Set() };

/**
 * A generated Secret while its value is renewed. Whoever is interrupted at any point finds the server's password in the
 * Secret, as one of the two:
 *
 *     password: old                        asked for anew
 *     password: old, next-password: new    the server is told; it has the one or the other
 *     password: new                        once the server is known to have it
 *
 * What signs tokens is in no database: the process reads the new value at its next start.
 */
export function rotatedSecret(
  generated: GeneratedSecret,
  live: Secret | undefined,
  { fresh, rotation: { asked, taken } }: { readonly fresh: Fresh; readonly rotation: Rotation },
): RotatedSecret {
  const { name, key, kind } = generated;
  const data = generatedData(generated, live, fresh);
  if (live === undefined) return { data, annotations: marked(asked), isDrawn: true };
  const done = live.metadata?.annotations?.[ROTATED_ANNOTATION];
  const next = live.data?.[nextKey(key)];
  if (next !== undefined) {
    return taken.has(name)
      ? { data: { ...data, [key]: next }, annotations: marked(asked ?? done), isDrawn: false }
      : { data: { ...data, [nextKey(key)]: next }, annotations: marked(done), isDrawn: false };
  }
  if (asked === undefined || asked === done) return { data, annotations: marked(done), isDrawn: false };
  const drawn = base64(fresh(kind));
  return kind === "password"
    ? { data: { ...data, [nextKey(key)]: drawn }, annotations: marked(done), isDrawn: true }
    : { data: { ...data, [key]: drawn }, annotations: marked(asked), isDrawn: true };
}

function marked(value: string | undefined): Readonly<Record<string, string>> {
  return value === undefined ? {} : { [ROTATED_ANNOTATION]: value };
}
