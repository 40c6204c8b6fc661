import { text } from "../schema/vocabulary.ts";

/** Which key of a Secret holds a value, where one is assumed otherwise. */
export const secretKey = (description: string) =>
  text(description, {
    minLength: 1,
    maxLength: 253,
    form: { pattern: "^[-._a-zA-Z0-9]+$", message: "must be a Secret key: letters, digits, dots, - and _" },
  }).exactOptional();
