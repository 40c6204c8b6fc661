import { testReads } from "./testing/test-reads.ts";
import { testWrites } from "./testing/test-writes.ts";

const signal = new AbortController().signal;

const config = { bucket: "files", access_key_id: "AK", secret_access_key: "********" };
const row = {
  id: "r1",
  name: "offsite",
  kind: "remote",
  type: "s3",
  config,
  status: { status: "unhealthy", message: "S3 connectivity check failed", latency_ms: 4998 },
};
const read = {
  id: "r1",
  name: "offsite",
  type: "s3",
  config,
  health: { status: "unhealthy", message: "S3 connectivity check failed" },
};

testReads([
  {
    name: "remote stores, with what the server found when it looked at them",
    answer: [row],
    read: (api) => api.remoteStores(signal),
    value: [read],
  },
  {
    name: "one remote store",
    answer: row,
    read: (api) => api.remoteStore("offsite", signal),
    value: read,
  },
]);

const keys = { accessKeyId: "AK", secretAccessKey: "SK" };

testWrites([
  {
    name: "a remote store with its access key",
    write: (api) => api.createRemoteStore({ name: "offsite", type: "s3", config: { bucket: "files" }, keys }, signal),
    request: "POST /api/v1/store/block/remote",
    body: { name: "offsite", type: "s3", config: '{"bucket":"files","access_key_id":"AK","secret_access_key":"SK"}' },
  },
  {
    name: "a remote store without an access key",
    write: (api) => api.createRemoteStore({ name: "scratch", type: "memory", config: {} }, signal),
    request: "POST /api/v1/store/block/remote",
    body: { name: "scratch", type: "memory", config: "{}" },
  },
  {
    name: "the removal of a remote store",
    write: (api) => api.removeRemoteStore({ name: "offsite" }, signal),
    request: "DELETE /api/v1/store/block/remote/offsite",
    body: undefined,
  },
  {
    name: "the whole configuration of a remote store",
    write: (api) => api.updateRemoteStore({ name: "offsite", type: "s3", config, keys }, signal),
    request: "PUT /api/v1/store/block/remote/offsite",
    body: { type: "s3", config: '{"bucket":"files","access_key_id":"AK","secret_access_key":"SK"}' },
  },
]);
