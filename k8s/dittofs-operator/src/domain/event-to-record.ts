/** Something that happened, for `kubectl describe` and `kubectl events`. */
export type EventToRecord = {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  /** What the operator did or noticed, in the form of the events API: one CamelCase word. */
  readonly action: string;
  readonly note: string;
};
