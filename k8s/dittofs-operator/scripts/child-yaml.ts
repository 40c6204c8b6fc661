import { stringify } from "yaml";
import type { WantedChild } from "../src/domain/wanted-child.ts";

/** A planned object as YAML for people to read: a Secret without its values. */
export function childYaml(child: WantedChild): string {
  return stringify(child.kind === "Secret" ? { ...child, data: hidden(child.data) } : child, {
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}

function hidden(data: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(data).map((key) => [key, "(generated)"]));
}
