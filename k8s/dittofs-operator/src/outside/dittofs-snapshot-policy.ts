/** Times are Go durations; an interval may be sent as `@hourly`, `@daily` or `@weekly` and comes back as a duration. */
export type DittoFsSnapshotPolicy = {
  readonly share: string;
  readonly enabled: boolean;
  readonly interval: string;
  /** 0 and no `ttl` mean without a bound. */
  readonly keepLast: number;
  readonly ttl?: string;
  readonly namePrefix: string;
};
