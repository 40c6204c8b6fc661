import type { Change } from "./changes.ts";

const storage = (classes: object) => ({ storage: { metadataSize: "2Gi", contentSize: "2Gi", classes } });
const volumes = ["metadata", "content", "cache", "controlPlane"];

/** Changes of the StorageClasses of single volumes. */
export const classChanges: readonly Change[] = [
  {
    because: "the class of one volume is named once",
    before: storage({ metadata: "fast" }),
    after: storage({ metadata: "fast", content: "slow" }),
  },
  {
    because: "all classes are removed",
    before: storage({ metadata: "fast" }),
    after: { storage: { metadataSize: "2Gi", contentSize: "2Gi" } },
    says: ["spec.storage.classes", "storage.classes cannot be removed"],
  },
  ...volumes.flatMap((volume) => [
    {
      because: `the class of the volume ${volume} is changed`,
      before: storage({ [volume]: "fast" }),
      after: storage({ [volume]: "slow" }),
      says: [`spec.storage.classes.${volume}`, "cannot be changed"],
    },
    {
      because: `the class of the volume ${volume} is removed`,
      before: storage({ [volume]: "fast" }),
      after: storage({}),
      says: [`spec.storage.classes.${volume}`, `storage.classes.${volume} cannot be removed`],
    },
  ]),
];
