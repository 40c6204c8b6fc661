import type * as z from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";
import type { API_VERSION, KIND } from "./group.ts";
import type { spec } from "./spec/spec.ts";
import type { DittoServerStatus } from "./status.ts";

type ParsedSpec = z.output<typeof spec>;

/** The spec as the API server stores it: valid, and with the schema's defaults filled in. */
export type DittoServerSpec = DeepReadonly<ParsedSpec>;

/** metav1.ObjectMeta as it stands on every object that an API server has stored. */
export type DittoServerMeta = {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation: number;
  readonly creationTimestamp: string;
  /** Present once somebody asked for the deletion. */
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
};

/** One entry of `spec.shares`. */
export type ShareSpec = NonNullable<DittoServerSpec["shares"]>[number];
/** One entry of `spec.stores.metadata`. */
export type MetadataStoreSpec = NonNullable<NonNullable<DittoServerSpec["stores"]>["metadata"]>[number];
/** One entry of `spec.stores.local`. */
export type LocalStoreSpec = NonNullable<NonNullable<DittoServerSpec["stores"]>["local"]>[number];

/** One entry of `spec.stores.remote`. */
export type RemoteStoreSpec = NonNullable<NonNullable<DittoServerSpec["stores"]>["remote"]>[number];

/** One entry of `spec.users`. */
export type UserSpec = NonNullable<DittoServerSpec["users"]>[number];

/** One DittoFS file server, as the API server holds it. */
export type DittoServer = {
  readonly apiVersion: typeof API_VERSION;
  readonly kind: typeof KIND;
  readonly metadata: DittoServerMeta;
  readonly spec: DittoServerSpec;
  readonly status?: DittoServerStatus;
};
