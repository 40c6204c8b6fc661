import { bool, listMap, object, oneOf, text } from "../schema/vocabulary.ts";
import { accountName } from "./people.ts";

const level = oneOf("What it may do. A user's own grant counts alone, even none; of groups the highest does.", [
  "none",
  "read",
  "read-write",
  "admin",
]);

const named = (description: string) =>
  object(description, { name: text("Name.", { minLength: 1, maxLength: 64, form: accountName }), level });

const sid = object("A grant to an account of a directory.", {
  sid: text("Security identifier, such as S-1-5-21-1-2-3-1107.", {
    maxLength: 184,
    form: { pattern: "^S-1-[0-9]+(-[0-9]+)+$", message: "must be a security identifier such as S-1-5-21-1-2-3-1107" },
  }),
  level,
  isGroup: bool("True for a group. Left out, it is true.").exactOptional(),
  displayName: text("Name for people. Left out, one set by hand stays.", { maxLength: 128 }).exactOptional(),
});

/** Who may do what on one share. */
export const permissions = object(
  "Grants on the share. One that is removed here is taken back; those made by hand stay.",
  {
    users: listMap("Grants to users.", ["name"], named("A grant to a user."), { maxItems: 64 }).exactOptional(),
    groups: listMap("Grants to groups.", ["name"], named("A grant to a group."), { maxItems: 64 }).exactOptional(),
    sids: listMap("Grants to accounts of a directory.", ["sid"], sid, { maxItems: 64 }).exactOptional(),
  },
);
