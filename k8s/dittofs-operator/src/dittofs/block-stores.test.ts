import { testReads } from "./testing/test-reads.ts";
import { testWrites } from "./testing/test-writes.ts";

const signal = new AbortController().signal;

testReads([
  {
    name: "how much is not uploaded yet, over all shares",
    answer: { totals: { unsynced_bytes: 20_000_000, has_remote: true }, per_share: [{ share_name: "/a", stats: {} }] },
    read: (api) => api.unsyncedBytes(signal),
    value: 20_000_000,
  },
  {
    name: "how much of one share is not uploaded yet",
    answer: { totals: { unsynced_bytes: 5 }, per_share: [] },
    read: (api) => api.shareUnsyncedBytes("/a/b", signal),
    value: 5,
  },
]);

testWrites([
  {
    name: "the wish to wait for uploads",
    write: (api) => api.drainUploads({ limitMs: 300_000 }, signal),
    request: "POST /api/v1/system/drain-uploads",
    body: undefined,
  },
]);
