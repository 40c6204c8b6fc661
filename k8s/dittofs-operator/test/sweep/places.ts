/** Where a value stands in one spec: `["shares", 1, "nfs", "squash"]`. */
export type Place = readonly (string | number)[];

/** Every place of the spec that a leaf's path means, in the spec's order: one for each item of the lists on the way that has it. */
export function places(spec: unknown, path: string): readonly Place[] {
  return placesBelow(spec, path.replaceAll("[]", ".[]").split("."));
}

function placesBelow(value: unknown, [step, ...steps]: readonly string[]): readonly Place[] {
  if (step === undefined) return value === undefined ? [] : [[]];
  if (step === "[]") {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    return items.flatMap((item, at) => placesBelow(item, steps).map((place) => [at, ...place]));
  }
  return placesBelow(field(value, step), steps).map((place) => [step, ...place]);
}

export function valueAt(spec: unknown, place: Place): unknown {
  return place.reduce<unknown>((value, step) => field(value, String(step)), spec);
}

/** The spec with another value at a place; undefined removes it there. */
export function withValue(spec: unknown, [step, ...steps]: Place, value: unknown): unknown {
  if (step === undefined) return value;
  const below = withValue(field(spec, String(step)), steps, value);
  if (Array.isArray(spec)) return spec.flatMap((item: unknown, at) => (at === step ? without(below) : [item]));
  const others = Object.entries(spec ?? {}).filter(([name]) => name !== step);
  return Object.fromEntries(below === undefined ? others : [...others, [step, below]]);
}

function without(item: unknown): readonly unknown[] {
  return item === undefined ? [] : [item];
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined; // of an object
}
