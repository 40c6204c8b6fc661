import assert from "node:assert/strict";
import { test } from "node:test";
import { shareFlags } from "../domain/provisioning/share-settings.ts";
import type { DittoFs, DittoFsApi } from "../outside.ts";
import { fencedDittoFs, NotLeadingError } from "./fenced-dittofs.ts";

const ok = async () => await Promise.resolve({ code: "ok", value: [] } as const);
const bare = { api: () => ({ shares: ok, createShare: ok }), login: ok } as unknown as DittoFs; // only what the test calls
const api = (isLeading: boolean): DittoFsApi =>
  fencedDittoFs(bare, () => isLeading).api({ host: "h", port: 1 }, "token");
const signal = new AbortController().signal;
const share = {
  name: "/a",
  metadataStore: "m",
  localStore: "l",
  readOnly: false,
  defaultPermission: "none",
  ...shareFlags,
};

test("a process that no longer leads still reads and writes nothing", async () => {
  assert.equal((await api(false).shares(signal)).code, "ok");
  assert.throws(() => void api(false).createShare(share, signal), NotLeadingError);
});

test("the leader writes", async () => assert.equal((await api(true).createShare(share, signal)).code, "ok"));
