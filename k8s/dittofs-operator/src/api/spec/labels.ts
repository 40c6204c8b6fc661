import { map, type Rule, text } from "../schema/vocabulary.ts";

/** A domain: no dot beside another one or a -. In few signs, because the API server prices a pattern by its length. */
const PREFIX = "[a-z0-9]((-*|[.])[a-z0-9])*";
const NAME = "[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?";

/** Kubernetes' qualified name: of labels, annotations, taints and resources. */
export const QUALIFIED_NAME = `^(${PREFIX}/)?${NAME}$`;
/** One with a domain before it. */
export const NAME_WITH_DOMAIN = `^${PREFIX}/${NAME}$`;

const qualifiedKeys = (message: string): Rule => ({
  rule: `self.all(key, key.size() <= 317 && key.matches(${JSON.stringify(QUALIFIED_NAME)}))`,
  message,
});

/** Key of a label, a taint or a load balancer class. */
export const labelKey = (description: string, message = "must be a label key such as example.com/team") =>
  text(description, { minLength: 1, maxLength: 317, form: { pattern: QUALIFIED_NAME, message } });

export const labelValue = (description = "Value of the label.") =>
  text(description, {
    maxLength: 63,
    form: { pattern: "^([a-zA-Z0-9]([-a-zA-Z0-9_.]*[a-zA-Z0-9])?)?$", message: "must be a label value" },
  });

/** Labels of an object, or of what it selects. */
export const labels = (description: string) =>
  map(description, labelValue(), {
    maxProperties: 32,
    rules: [qualifiedKeys("every key must be a qualified name, such as example.com/team")],
  }).exactOptional();

/** Annotations of an object that others read. */
export const annotations = (description: string) =>
  map(description, text("Value of the annotation.", { maxLength: 4096 }), {
    maxProperties: 64,
    rules: [qualifiedKeys("every key must be an annotation name, such as example.com/pool")],
  }).exactOptional();
