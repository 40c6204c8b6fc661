/** Addresses that may mount a share over NFSv3; NFSv4 does not heed it. Without a member it lets nobody in. */
export type DittoFsNetgroup = {
  readonly name: string;
  /** The same value can stand in it more than once. */
  readonly members: readonly { readonly id: string; readonly value: string }[];
};
