/** The demo claims something that is not so. The message is a sentence for people. */
export class DemoFailure extends Error {
  override readonly name = "DemoFailure";
}

/** Throws when what the demo is about to tell is not so. */
export function assertClaim(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new DemoFailure(otherwise);
}
