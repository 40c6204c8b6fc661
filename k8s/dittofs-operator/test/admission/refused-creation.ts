/** A manifest that the API server must not take, why, and what its answer must contain: the field, and our remedy where we wrote one. */
export type RefusedCreation = {
  readonly because: string;
  readonly spec: unknown;
  readonly says: readonly string[];
  /** Where the name is what is wrong. */
  readonly name?: string;
};

export const refused = (because: string, spec: unknown, ...says: readonly string[]): RefusedCreation => ({
  because,
  spec,
  says,
});

export const refusedName = (because: string, name: string, ...says: readonly string[]): RefusedCreation => ({
  because,
  spec: {},
  says,
  name,
});
