import { bool, int32, object, quantity, set, text } from "../schema/vocabulary.ts";

/** The recycle bin of a share. */
export const trash = object(
  "Recycle bin of the share: what clients delete goes into its directory #recycle first. Left out, what is set on the server by hand stays.",
  {
    enabled: bool(
      "True keeps deleted files. False deletes at once; the server empties the bin when it is switched off.",
    ),
    retentionDays: int32("Days after which a deleted file goes for good. Left out, it is 0: none goes by age.", {
      min: 0,
      max: 36_500,
    }).exactOptional(),
    maxSize: quantity(
      "How much the bin may hold; beyond it the oldest files go for good. Left out, it has no bound.",
    ).exactOptional(),
    restrictToAdmin: bool("True lets only administrators empty the bin. Left out, it is false.").exactOptional(),
    excludePatterns: set(
      "File names that are deleted at once, as shell patterns such as *.tmp. Left out, there are none.",
      text("Pattern of a file name.", { minLength: 1, maxLength: 128 }),
      { maxItems: 64 },
    ).exactOptional(),
  },
);
