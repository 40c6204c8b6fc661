import { testReads } from "./testing/test-reads.ts";
import { testWrites } from "./testing/test-writes.ts";

const signal = new AbortController().signal;

testReads([
  {
    name: "netgroups, with members and without",
    answer: [
      { id: "1", name: "operator~a", members: [{ id: "m", type: "cidr", value: "10.0.0.0/8" }] },
      { id: "2", name: "empty" },
    ],
    read: (api) => api.netgroups(signal),
    value: [
      { name: "operator~a", members: [{ id: "m", value: "10.0.0.0/8" }] },
      { name: "empty", members: [] },
    ],
  },
  {
    name: "one netgroup",
    answer: { id: "1", name: "operator~a", members: null },
    read: (api) => api.netgroup("operator~a", signal),
    value: { name: "operator~a", members: [] },
  },
]);

testWrites([
  {
    name: "a netgroup",
    write: (api) => api.createNetgroup({ name: "operator~a" }, signal),
    request: "POST /api/v1/adapters/nfs/netgroups",
    body: { name: "operator~a" },
  },
  {
    name: "a member of a netgroup",
    write: (api) => api.addNetgroupMember({ netgroup: "operator~a", value: "10.0.0.0/8" }, signal),
    request: "POST /api/v1/adapters/nfs/netgroups/operator~a/members",
    body: { type: "cidr", value: "10.0.0.0/8" },
  },
  {
    name: "the removal of a member",
    write: (api) => api.removeNetgroupMember({ netgroup: "operator~a", id: "m/1" }, signal),
    request: "DELETE /api/v1/adapters/nfs/netgroups/operator~a/members/m%2F1",
    body: undefined,
  },
  {
    name: "the removal of a netgroup",
    write: (api) => api.removeNetgroup({ name: "operator~a" }, signal),
    request: "DELETE /api/v1/adapters/nfs/netgroups/operator~a",
    body: undefined,
  },
  {
    name: "the removal of a share",
    write: (api) => api.removeShare({ name: "/a/b" }, signal),
    request: "DELETE /api/v1/shares/a%2Fb",
    body: undefined,
  },
  {
    name: "the removal of a metadata store",
    write: (api) => api.removeMetadataStore({ name: "m" }, signal),
    request: "DELETE /api/v1/store/metadata/m",
    body: undefined,
  },
  {
    name: "the removal of a local store",
    write: (api) => api.removeLocalStore({ name: "l" }, signal),
    request: "DELETE /api/v1/store/block/local/l",
    body: undefined,
  },
]);
