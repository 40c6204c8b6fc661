/** What became of one wanted child (or of one that had to go) in this pass. */
export type ChildOutcome = {
  readonly kind: string;
  readonly name: string;
  readonly result:
    | { readonly kind: "unchanged" }
    | { readonly kind: "applied"; readonly paths: readonly string[]; readonly created: boolean }
    | { readonly kind: "removed" }
    /** An object of this name belongs to somebody else. */
    | { readonly kind: "nameConflict"; readonly holder: string }
    /** An object of an earlier DittoServer of the same name is still going away. */
    | { readonly kind: "beingRemoved" }
    /** Not tried, because `waitsFor` has to succeed first. */
    | { readonly kind: "held"; readonly waitsFor: string }
    /** The API server said no and will say so again: the message is its own, bounded. */
    | { readonly kind: "refused"; readonly message: string }
    /** No lasting answer (conflict, overload, network): tried again soon. */
    | { readonly kind: "failed"; readonly message: string };
};
