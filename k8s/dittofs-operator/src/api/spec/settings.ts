import { bool, duration, int32, object, preserve, quantity } from "../schema/vocabulary.ts";

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

const blockstore = object("Local tier of the block stores.", {
  defaultRemoteCacheSize: quantity(
    "How much of the volume the local copies of a share with a remote store may take, unless the share says so itself. Left out, 10Gi.",
  ).exactOptional(),
  backpressureMaxWait: duration("How long a write waits for local space before it fails. Left out, 60s.", {
    min: "1s",
    max: "1h",
  }).exactOptional(),
  maxLogSize: quantity("Hint for the size of the append log. Left out, the server deduces it.").exactOptional(),
}).exactOptional();

const gc = object("Removal of blocks that nothing refers to.", {
  autoEnabled: bool("True runs it by itself. Left out, true.").exactOptional(),
  autoInterval: duration("How often it runs by itself. Left out, 15m.", { min: "1m", max: "8760h" }).exactOptional(),
  gracePeriod: duration("How old a block without a reference must be. Left out, 1h.", {
    min: "5m",
    max: "8760h",
  }).exactOptional(),
  compactionLivePercent: int32(
    "Journal files with fewer live bytes than this are rewritten. 0 switches that off, as does leaving it out.",
    {
      min: 0,
      max: 100,
    },
  ).exactOptional(),
  dryRunSampleSize: int32("How many blocks a dry run lists. Left out, 1000.", {
    min: 0,
    max: 1_000_000,
  }).exactOptional(),
}).exactOptional();

const snapshot = object("Snapshots of shares.", {
  restoreHTTPTimeout: duration("How long a restore may take. Left out, 30m.", {
    min: "1s",
    max: "168h",
  }).exactOptional(),
  schedulerPollInterval: duration("How often due snapshots are looked for. Left out, 1m.", {
    min: "1s",
    max: "24h",
  }).exactOptional(),
  schedulerDisabled: bool("True makes no scheduled snapshots. Left out, false.").exactOptional(),
}).exactOptional();

/** Other settings of the server's file. */
export const config = object("Settings of the server's configuration file. A change restarts the server once.", {
  shutdownTimeout: duration("Time that each of the three stages of a stop gets.", { min: "1s", max: "1h" }).default(
    "30s",
  ),
  badger,
  blockstore,
  gc,
  snapshot,
}).prefault({});

/** What no typed field reaches. */
export const extraConfig = preserve<Readonly<Record<string, unknown>>>(
  "Free part of the server's configuration file, merged over everything else: for a key that has no field here. It is not checked, a wrong one keeps the server from starting, and status.warnings says that it is used.",
  { maxProperties: 64 },
).exactOptional();

/** The name is that of the Go operator's field, which polled the server for its adapters. */
export const adapterDiscovery = object("How the operator follows what the server says.", {
  pollingInterval: duration("How often the server is compared with the spec while nothing changes.", {
    min: "1s",
    max: "24h",
  }).default("30s"),
}).prefault({});
