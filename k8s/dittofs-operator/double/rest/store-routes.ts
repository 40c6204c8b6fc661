import { del, type Family, family, get, post, put } from "../http/route.ts";
import * as data from "./block-store-data.ts";
import * as blockStores from "./block-stores.ts";
import * as collection from "./garbage-collection.ts";
import * as metadataStores from "./metadata-stores.ts";

/** Metadata and block stores, and what is done with all blocks of the server. */
export const storeFamilies: readonly Family[] = [
  family("/api/v1/store", "admin", []),
  family("/api/v1/store/metadata", "admin", [
    post("", metadataStores.createMetadataStore),
    get("", metadataStores.listMetadataStores),
    get("/{store}", metadataStores.getMetadataStore),
    put("/{store}", metadataStores.updateMetadataStore),
    del("/{store}", metadataStores.deleteMetadataStore),
    get("/{store}/health", metadataStores.metadataStoreHealth),
    get("/{store}/status", metadataStores.metadataStoreStatus),
  ]),
  family("/api/v1/store/block/{kind}", "admin", [
    post("", blockStores.createBlockStore),
    get("", blockStores.listBlockStores),
    get("/{store}", blockStores.getBlockStore),
    put("/{store}", blockStores.updateBlockStore),
    del("/{store}", blockStores.deleteBlockStore),
    get("/{store}/health", blockStores.blockStoreHealth),
    get("/{store}/status", blockStores.blockStoreStatus),
  ]),
  family("/api/v1/blockstore", "admin", [
    get("/stats", data.allStats),
    post("/evict", data.evictAll),
    get("/reconcile-report", collection.reconcileReport),
    post("/reconcile/reclaim", collection.reclaim),
  ]),
  family("/api/v1/system", "admin", [post("/drain-uploads", data.drainUploads)]),
];
