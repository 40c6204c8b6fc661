/** The server was not usable in this pass, and nobody could say what is on it. */
export type PassEnd =
  | { readonly code: "unreachable"; readonly message: string }
  | { readonly code: "loginFailed"; readonly message: string };

/** The server takes long to say what has to be known first; it brings another pass. */
export type Later = { readonly code: "later" };

/** A value that was read, or why the pass is over. */
export type Read<T> = { readonly code: "ok"; readonly value: T } | PassEnd | Later;
