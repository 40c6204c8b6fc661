/** What a faulty server or a proxy in front of it does to a request. */
export const faultKinds = [
  "500",
  "html503",
  "429",
  "401once",
  "403",
  "hang",
  "resetAfterCommit",
  "cutBody",
  "bigBody",
  "redirect",
  "emptyList",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** A fault and, optionally, how many requests it hits before it is gone. */
export type Fault = FaultKind | { readonly fault: FaultKind; readonly times: number };

/** Faults by "METHOD /path": a path as sent, a route such as `/api/v1/shares/{name}`, or `*`; the method may be `*` too. */
export type Faults = Readonly<Record<string, Fault>>;

/** Switches faults on and off while the server runs. */
export class FaultSwitch {
  readonly #armed = new Map<string, { kind: FaultKind; times: number }>();

  constructor(faults: Faults) {
    for (const [key, fault] of Object.entries(faults)) this.set(key, fault);
  }

  set(key: string, fault: Fault): void {
    const kind = typeof fault === "string" ? fault : fault.fault;
    const times = typeof fault === "string" ? (kind === "401once" ? 1 : Number.POSITIVE_INFINITY) : fault.times;
    this.#armed.set(key, { kind, times });
  }

  /** Removes one fault, or all. */
  clear(key?: string): void {
    if (key === undefined) this.#armed.clear();
    else this.#armed.delete(key);
  }

  /** The fault for a request; counts it down. */
  take(method: string, path: string, pattern: string | undefined): FaultKind | undefined {
    for (const target of [path, pattern, "*"])
      for (const verb of [method, "*"]) {
        const armed = target === undefined ? undefined : this.#armed.get(`${verb} ${target}`);
        if (armed === undefined || armed.times <= 0) continue;
        armed.times -= 1;
        return armed.kind;
      }
    return undefined;
  }
}
