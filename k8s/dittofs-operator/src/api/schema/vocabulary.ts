import * as z from "zod";

/**
 * The only schema constructors that the API uses. Each makes a node that a structural OpenAPI schema can express
 * (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema)
 * and takes the bounds without which the API server could not price a CEL rule.
 */

/** One entry of x-kubernetes-validations: a CEL rule, and the sentence a user reads when it is false. */
export type Rule = {
  readonly rule: string;
  /** What is wrong and what to do. The API server puts the field's path before it. */
  readonly message: string;
  /** A field below the node that the error should be reported on, such as `.port`. */
  readonly fieldPath?: string;
  /** True lets a transition rule run on creation too, with `oldSelf` an optional value. */
  readonly optionalOldSelf?: true;
};

type Ruled = { readonly rules?: readonly Rule[] };

function withMeta<S extends z.ZodType>(
  schema: S,
  description: string,
  rules: readonly Rule[],
  extensions: Readonly<Record<string, unknown>> = {},
): S {
  const validations = rules.length === 0 ? {} : { "x-kubernetes-validations": rules };
  return schema.meta({ description, ...validations, ...extensions });
}

/** The form of a text: an RE2 pattern (no look-around, no back-references) and the sentence for a text that lacks it. */
export type Form = {
  readonly pattern: string;
  readonly message: string;
  /** What the API server asks instead, where CEL knows the form better than a pattern can say it. */
  readonly rule?: string;
};

/** A text of bounded length; lengths are in characters, as OpenAPI counts them. */
export function text(
  description: string,
  bounds: { readonly minLength?: number; readonly maxLength: number; readonly form?: Form } & Ruled,
): z.ZodString {
  const short = z.string().max(bounds.maxLength);
  const sized = bounds.minLength === undefined ? short : short.min(bounds.minLength);
  const form = bounds.form;
  if (form === undefined) return withMeta(sized, description, bounds.rules ?? []);
  const formed = sized.refine((value) => new RegExp(form.pattern, "u").test(value), form.message);
  return withMeta(formed, description, [formRule(form), ...(bounds.rules ?? [])]);
}

/** CEL instead of `pattern`, because the API server answers a broken pattern with the pattern and a broken rule with our sentence. */
function formRule(form: Form): Rule {
  return { rule: form.rule ?? `self.matches(${celString(form.pattern)})`, message: form.message };
}

/** A whole number of 32 bits, within its bounds. */
export function int32(description: string, bounds: { readonly min: number; readonly max: number } & Ruled): z.ZodInt32 {
  return withMeta(z.int32().min(bounds.min).max(bounds.max), description, bounds.rules ?? [], { format: "int32" });
}

/** A whole number that JSON carries exactly (up to 2^53), within its bounds. */
export function int64(description: string, bounds: { readonly min: number; readonly max: number } & Ruled): z.ZodInt {
  return withMeta(z.int().min(bounds.min).max(bounds.max), description, bounds.rules ?? [], { format: "int64" });
}

/** A flag; its description says what true does. */
export function bool(description: string, options: Ruled = {}): z.ZodBoolean {
  return withMeta(z.boolean(), description, options.rules ?? []);
}

/** One of the listed words. */
export function oneOf<const Values extends readonly [string, ...string[]]>(
  description: string,
  values: Values,
  options: Ruled = {},
): z.ZodEnum<{ [Value in Values[number]]: Value }> {
  return withMeta(z.enum(values), description, options.rules ?? []);
}

/** A positive size as a Kubernetes quantity without exponent or milli suffix: the forms that people write for volumes. */
const SIZE = String.raw`^[0-9]+(\.[0-9]+)?(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?$`;

/** A size of at least one mebibyte and at most 1024 pebibytes; the API server compares it as a quantity. */
export function quantity(description: string, options: Ruled = {}): z.ZodString {
  const message = "must be a size from 1Mi to 1024Pi, such as 500Mi, 20Gi or 1.5Ti";
  const rule = `self.matches(${celString(SIZE)}) && quantity(self).compareTo(quantity("1Mi")) >= 0 && quantity(self).compareTo(quantity("1024Pi")) <= 0`;
  const schema = z
    .string()
    .max(32)
    .refine((value) => new RegExp(SIZE, "u").test(value), message);
  return withMeta(schema, description, [{ rule, message }, ...(options.rules ?? [])]);
}

/** What Go's `time.ParseDuration` takes, without a sign and without units below a millisecond. */
export const DURATION = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$";

/** A Go duration with a unit (`time.ParseDuration`); `min` and `max` are durations too. */
export function duration(
  description: string,
  bounds: { readonly min: string; readonly max: string } & Ruled,
): z.ZodString {
  const message = `must be a duration from ${bounds.min} to ${bounds.max}, such as 90s, 15m or 168h`;
  const rule = `self.matches(${celString(DURATION)}) && duration(self) >= duration("${bounds.min}") && duration(self) <= duration("${bounds.max}")`;
  const schema = z
    .string()
    .max(32)
    .refine((value) => new RegExp(DURATION, "u").test(value), message);
  return withMeta(schema, description, [{ rule, message }, ...(bounds.rules ?? [])]);
}

/** A whole number or a text, as `resources` and ports use it. */
export function intOrString(
  description: string,
  bounds: { readonly maxLength: number } & Ruled,
): z.ZodUnion<[z.ZodInt32, z.ZodString]> {
  return withMeta(z.union([z.int32(), z.string().max(bounds.maxLength)]), description, bounds.rules ?? [], {
    "x-kubernetes-int-or-string": true,
  });
}

type Fields = Readonly<Record<string, z.ZodType>>;

/** An object that refuses unknown fields. */
export function object<F extends Fields>(
  description: string,
  fields: F,
  options: Ruled = {},
): z.ZodObject<{ -readonly [Field in keyof F]: F[Field] }, z.core.$strict> {
  return withMeta(z.strictObject(fields), description, options.rules ?? []);
}

/** An object of another API of which some fields are known here; the others are kept, and whoever takes it in checks them. */
export function openObject<F extends Fields>(
  description: string,
  fields: F,
  bounds: { readonly maxProperties: number } & Ruled,
): z.ZodObject<{ -readonly [Field in keyof F]: F[Field] }, z.core.$loose> {
  return withMeta(z.looseObject(fields), description, bounds.rules ?? [], {
    maxProperties: bounds.maxProperties,
    "x-kubernetes-preserve-unknown-fields": true,
  });
}

/** A list of objects that is merged by the named keys, which every item must have. */
export function listMap<Item extends z.ZodObject>(
  description: string,
  keys: readonly [keyof Item["shape"] & string, ...(keyof Item["shape"] & string)[]],
  item: Item,
  bounds: { readonly maxItems: number } & Ruled,
): z.ZodArray<Item> {
  const list = z
    .array(item)
    .max(bounds.maxItems)
    .refine((items) => areUnique(items.map((each) => keyOf(each, keys))), `items must differ in ${keys.join(", ")}`);
  return withMeta(list, description, bounds.rules ?? [], {
    "x-kubernetes-list-type": "map",
    "x-kubernetes-list-map-keys": keys,
  });
}

function keyOf(item: Readonly<Record<string, unknown>>, keys: readonly string[]): string {
  return JSON.stringify(keys.map((key) => item[key]));
}

/** A list of texts or numbers in which each value stands once. */
export function set<Item extends z.ZodString | z.ZodInt>(
  description: string,
  item: Item,
  bounds: { readonly maxItems: number } & Ruled,
): z.ZodArray<Item> {
  const list = z
    .array(item)
    .max(bounds.maxItems)
    .refine((items) => areUnique(items.map(String)), "items must differ");
  return withMeta(list, description, bounds.rules ?? [], { "x-kubernetes-list-type": "set" });
}

function areUnique(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length;
}

/** A list that only ever changes as a whole. */
export function atomicList<Item extends z.ZodType>(
  description: string,
  item: Item,
  bounds: { readonly maxItems: number } & Ruled,
): z.ZodArray<Item> {
  return withMeta(z.array(item).max(bounds.maxItems), description, bounds.rules ?? [], {
    "x-kubernetes-list-type": "atomic",
  });
}

/** Text keys to values. */
export function map<Value extends z.ZodType>(
  description: string,
  value: Value,
  bounds: { readonly maxProperties: number } & Ruled,
): z.ZodRecord<z.ZodString, Value> {
  const record = z
    .record(z.string(), value)
    .refine(
      (entries) => Object.keys(entries).length <= bounds.maxProperties,
      `at most ${bounds.maxProperties} entries`,
    );
  return withMeta(record, description, bounds.rules ?? [], { maxProperties: bounds.maxProperties });
}

/** An object of another API, kept with all its fields; whoever takes it in checks it. */
export function preserve<T extends object>(
  description: string,
  bounds: { readonly maxProperties: number } & Ruled,
): z.ZodType<T, T> {
  const anything = withMeta(z.looseObject({}), description, bounds.rules ?? [], {
    maxProperties: bounds.maxProperties,
    "x-kubernetes-preserve-unknown-fields": true,
  });
  return anything as unknown as z.ZodType<T, T>; // the other API's own validation is what makes this a T
}

/** The name of an object in the same namespace. */
export function objectName(description: string, rules: readonly Rule[] = []): z.ZodString {
  return text(description, {
    minLength: 1,
    maxLength: 253,
    form: {
      pattern: String.raw`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`,
      message: "must be a Kubernetes name: lower-case letters, digits, dots and -",
    },
    rules,
  });
}

/** One key of a Secret in the DittoServer's namespace. */
export function secretKeyRef(description: string) {
  return object(description, {
    name: objectName("Name of the Secret, in the DittoServer's namespace."),
    key: text("Key within the Secret's data.", {
      minLength: 1,
      maxLength: 253,
      form: { pattern: "^[-._a-zA-Z0-9]+$", message: "must be a Secret key: letters, digits, dots, - and _" },
    }),
  });
}

/** A transition rule: the value stays as it was created. */
export function immutable(remedy: string): Rule {
  return { rule: "self == oldSelf", message: `cannot be changed after creation: ${remedy}` };
}

/** A CEL string literal. */
export function celString(value: string): string {
  return JSON.stringify(value);
}
