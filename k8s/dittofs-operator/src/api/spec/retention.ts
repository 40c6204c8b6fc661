import { duration, object, oneOf } from "../schema/vocabulary.ts";

/** How long the local copies of uploaded contents stay. */
export const retention = object(
  "How long the server is to keep local copies of contents that are in the remote store. DittoFS v0.29 takes the setting and drops nothing by itself, whatever it says. Left out, lru.",
  {
    policy: oneOf("lru: until room is needed; ttl: until they were not used for so long; pin: for ever.", [
      "pin",
      "ttl",
      "lru",
    ]),
    ttl: duration("How long, for the policy ttl and for no other.", { min: "1m", max: "8760h" }).exactOptional(),
  },
  {
    rules: [
      {
        rule: 'has(self.ttl) == (self.policy == "ttl")',
        message: "ttl must be given for the policy ttl and for no other: say how long copies stay, or remove it",
        fieldPath: ".ttl",
      },
    ],
  },
).exactOptional();
