import { duration, object, oneOf } from "../schema/vocabulary.ts";

/** How long the local copies of uploaded contents stay. */
export const retention = object(
  "How long local copies of contents that are in the remote store are kept. Left out, lru.",
  {
    policy: oneOf(
      "lru drops what was not used for the longest time when room is needed; ttl drops what was not used for so long; pin drops nothing.",
      ["pin", "ttl", "lru"],
    ),
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
