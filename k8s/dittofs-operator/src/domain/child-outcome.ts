/** What became of one wanted child (or of one that had to go) in this pass. */
export type ChildOutcome = {
  readonly kind: string;
  readonly name: string;
  readonly result:
    | { readonly kind: "unchanged" }
    | { readonly kind: "applied"; readonly paths: readonly string[]; readonly created: boolean }
    | { readonly kind: "removed" }
    /** A volume claim was told to grow. */
    | { readonly kind: "grown"; readonly from: string; readonly to: string }
    /** The StatefulSet was deleted and its pod left running; it is made again with other claim templates. */
    | { readonly kind: "replacing" }
    /** Somebody did so before this pass, and Kubernetes has not let go of it yet. */
    | { readonly kind: "beingReplaced" }
    /** An object of this name belongs to somebody else. */
    | { readonly kind: "nameConflict"; readonly holder: string }
    /** An object of an earlier DittoServer of the same name is still going away. */
    | { readonly kind: "beingRemoved" }
    /** Not tried, because `waitsFor` has to succeed first. */
    | { readonly kind: "held"; readonly waitsFor: string }
    /** Not tried, because it would end the pod, and uploads are awaited before. */
    | { readonly kind: "draining"; readonly message: string }
    /** The API server said no and will say so again: the message is its own, bounded. */
    | { readonly kind: "refused"; readonly message: string }
    /** No lasting answer (conflict, overload, network): tried again soon. */
    | { readonly kind: "failed"; readonly message: string };
};
