import { bool, duration, int32, object, oneOf } from "../schema/vocabulary.ts";

/** Log settings of the server's file. */
export const logging = object("The server's log, which goes to the container's output.", {
  level: oneOf("Least level that is logged.", ["DEBUG", "INFO", "WARN", "ERROR"]).default("INFO"),
  format: oneOf("Form of a line.", ["text", "json"]).default("json"),
}).prefault({});

const badger = object("Memory of each badger metadata store.", {
  blockCacheMB: int32("Block cache in mebibytes. 0 lets the server take 15 % of the memory, at least 512.", {
    min: 0,
    max: 1_048_576,
  }).default(64),
  indexCacheMB: int32("Index cache in mebibytes. 0 lets the server take 7.5 % of the memory, at least 256.", {
    min: 0,
    max: 1_048_576,
  }).default(32),
}).prefault({});

/** Other settings of the server's file. */
export const config = object("Settings of the server's configuration file. A change restarts the server once.", {
  shutdownTimeout: duration("Time that each of the three stages of a stop gets.", { min: "1s", max: "1h" }).default(
    "30s",
  ),
  badger,
}).prefault({});

/** Who may reach the pod. */
export const networkPolicy = object("The NetworkPolicy NAME-baseline.", {
  enabled: bool("True lets only the server's own ports be reached.").default(true),
}).prefault({});

/** The name is that of the Go operator's field, which polled the server for its adapters. */
export const adapterDiscovery = object("How the operator follows what the server says.", {
  pollingInterval: duration("How often the server is compared with the spec while nothing changes.", {
    min: "1s",
    max: "24h",
  }).default("30s"),
}).prefault({});
