/** Tests about servers that do not disturb each other: they share one lab, since its start with a node takes as long as most of them. */
await Promise.all([
  import("./end-to-end/changed-servers.tests.ts"),
  import("./end-to-end/servers-with-certificates.tests.ts"),
  import("./end-to-end/servers-with-buckets.tests.ts"),
]);
