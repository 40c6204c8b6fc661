/** Whether this process may write. */
export interface Leadership {
  /**
   * Ask in the same tick as each write. `false` as soon as another process may lead: when the last renewal is too old, also
   * because this process or its machine was paused and woke up only now.
   */
  isHeld(): boolean;
  /** Aborted when leadership is over, for whatever reason. */
  readonly signal: AbortSignal;
}

/** For a process that is the only one by arrangement, such as `make run`. */
export function undisputedLeadership(): Leadership {
  return { isHeld: () => true, signal: new AbortController().signal };
}
