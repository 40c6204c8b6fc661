import { text } from "../schema/vocabulary.ts";

/** A share's name as clients mount it. */
export function shareName(description: string) {
  return text(description, {
    minLength: 2,
    maxLength: 80,
    form: {
      pattern: "^(/[a-zA-Z0-9_][-a-zA-Z0-9._]*)+$",
      message: "must be a path such as /export, of letters, digits, ., _ and -",
    },
  });
}
