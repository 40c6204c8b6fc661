import type { StructuralSchema } from "../../scripts/generate/structural-schema.ts";

/** Texts of every form that a field of Kubernetes asks for, and some that only look like it. */
const words = [
  "a",
  "b-c",
  "a.b",
  "A",
  "example.com/a",
  "a..b/c",
  "-.b/c",
  "a/b/c",
  "a_b",
  "Localhost",
  "127.0.0.1",
  "192.0.2.7",
  "1:2",
  "::1",
  "a:.",
  "2001:DB8::1",
  "10.0.0.0/8",
  "192.0.2.7/24",
  ":/8",
  "2001:db8::/32",
  "2001:db8::1/32",
  "::ffff:10.0.0.0/104",
  "500m",
  "1",
  "1.5",
  "0",
  "2Gi",
  "1Gi",
  "128Mi",
  "0.1m",
  "..",
  "a/../b",
  "../a",
  "/mnt/a",
  "/mnt/b",
  "/a/./b",
  "/a/../b",
  "/a/..",
  "/",
  "$(A)",
  "A_B",
  "30s",
  "1m",
  "a=b",
  "net.core.somaxconn",
  "kernel/a",
  "default",
  "CAP_SYS_ADMIN",
  "SYS_ADMIN",
  "ALL",
  "cpu",
  "memory",
  "ephemeral-storage",
  "hugepages-2Mi",
  "hugepages-x",
  "kubernetes.io/b",
  "requests.a/b",
  "a".repeat(63),
  "a".repeat(64),
  "",
  " a",
  "ü",
] as const; // prettier-ignore

type Random = () => number;

/** A value of the schema, of which the forms of single texts hold; whether fields agree with each other is left to chance. */
export function randomValue(schema: StructuralSchema, random: Random): unknown {
  const { properties, items, additionalProperties, required = [] } = schema;
  if (schema["x-kubernetes-int-or-string"] === true)
    return random() < 0.3 ? pick([1, 2], random) : word(schema, random);
  if (schema.enum !== undefined) return pick(schema.enum, random);
  if (schema.type === "boolean") return random() < 0.5;
  if (schema.type === "integer") return whole(schema, random);
  if (schema.type === "string") return word(schema, random);
  if (items !== undefined) return list(schema, items, random);
  if (additionalProperties !== undefined) return map(additionalProperties, random);
  if (schema["x-kubernetes-preserve-unknown-fields"] === true) return undefined;
  const share = random();
  const fields = Object.entries(properties ?? {}).flatMap(([name, field]) => {
    const isGiven = required.includes(name) || random() < share;
    const value = name === "enabled" ? true : isGiven ? randomValue(field, random) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return required.every((name) => fields.some(([field]) => field === name)) ? Object.fromEntries(fields) : undefined;
}

function list(schema: StructuralSchema, items: StructuralSchema, random: Random): unknown {
  const values = Array.from({ length: Math.floor(random() * 3) }, () => randomValue(items, random));
  const kept = values.filter((value) => value !== undefined);
  return schema["x-kubernetes-list-type"] === "set" ? [...new Set(kept)] : kept;
}

function map(values: StructuralSchema, random: Random): unknown {
  const entries = Array.from({ length: Math.floor(random() * 3) }, () => [
    pick(words, random),
    randomValue(values, random),
  ]);
  return Object.fromEntries(entries.filter(([key, value]) => key !== "" && value !== undefined));
}

function whole({ minimum = 0, maximum = 2 ** 31 - 1 }: StructuralSchema, random: Random): number {
  return pick(
    [minimum, minimum + 1, 30_080, 30_081, 5000, maximum].filter((each) => each >= minimum && each <= maximum),
    random,
  );
}

function word(schema: StructuralSchema, random: Random): string | undefined {
  const { minLength = 0, maxLength = Infinity } = schema;
  const forms = (schema["x-kubernetes-validations"] ?? []).flatMap(({ rule }) => {
    const literal = /^self\.matches\(("(?:[^"\\]|\\.)*")\)/u.exec(rule)?.[1];
    return literal === undefined ? [] : [new RegExp(JSON.parse(literal) as string, "u")]; // a literal of CEL that JSON wrote
  });
  const good = words.filter(
    (each) => each.length >= minLength && each.length <= maxLength && forms.every((form) => form.test(each)),
  );
  return good.length === 0 ? undefined : pick(good, random);
}

function pick<T>(from: readonly T[], random: Random): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new RangeError("nothing to pick from");
  return found;
}
