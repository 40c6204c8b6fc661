import { createHash } from "node:crypto";
import type { DittoServer, RemoteStoreSpec } from "../../api/ditto-server.ts";
import { encryptionKeysVolume } from "../secrets/encryption-keys.ts";
import type { AllStoreCredentials, StoreCredentials } from "../secrets/store-credentials.ts";
import type { Change } from "./change.ts";
import type { LiveDittoFs, LiveRemoteStore } from "./live-dittofs.ts";

type Config = Readonly<Record<string, unknown>>;

export type WantedRemoteStore = {
  readonly name: string;
  readonly type: "memory" | "s3";
  /** Without the access key. */
  readonly config: Config;
  readonly credentials: StoreCredentials;
  /** Of configuration and access key. */
  readonly digest: string;
};

/** The access key is put in where the call is made. */
export type RemoteStoreSetting = {
  readonly name: string;
  readonly type: string;
  readonly config: Config;
  readonly hasKeys: boolean;
  readonly digest: string;
};

export type RemoteStoreCalls = {
  readonly createRemoteStore: RemoteStoreSetting;
  readonly updateRemoteStore: RemoteStoreSetting;
};

const notSeen: StoreCredentials = {
  kind: "unusable",
  message: "The Secret with its access key has not been looked at yet.",
};

const notMounted: StoreCredentials = {
  kind: "unusable",
  message: "The server's pod has not got its key file yet. It restarts for it once ConfigReady is True.",
};

export function wantedRemoteStores(
  server: DittoServer,
  credentials: AllStoreCredentials,
  podVolumes: ReadonlySet<string> = new Set(),
): readonly WantedRemoteStore[] {
  return (server.spec.stores?.remote ?? []).map((store) => {
    const { name, type, s3 } = store;
    const config = wantedConfig(store);
    // The server looks for a key file when it loads a share, and a share without one stays away until the next start.
    const isMounted = s3?.encryption === undefined || podVolumes.has(`${encryptionKeysVolume.name}/${name}`);
    const known = isMounted ? (credentials.get(name) ?? notSeen) : notMounted;
    const keys = known.kind === "usable" ? known.digest : "";
    return { name, type, config, credentials: known, digest: digestOf([type, config, keys]) };
  });
}

const defaultCipher = "aes-256-gcm";

/** In the server's words. Where the bucket lies comes first: it never changes. */
function wantedConfig({ name, s3 }: RemoteStoreSpec): Config {
  if (s3 === undefined) return {};
  const { bucket, prefix, region, endpoint, forcePathStyle, allowPrivateEndpoint, parallelUploads } = s3;
  const { compression, encryption } = s3;
  const optional = {
    prefix,
    region,
    endpoint,
    force_path_style: forcePathStyle,
    allow_private_endpoint: allowPrivateEndpoint,
    parallel_uploads: parallelUploads,
    compression: compression === undefined ? undefined : { algo: compression },
    encryption: encryption && {
      aead: encryption.cipher ?? defaultCipher,
      key: { file: `${encryptionKeysVolume.directory}/${name}`, kind: "local" },
    },
  };
  return { bucket, ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) };
}

/** What the spec says of a bucket and can change; any other key of a live configuration is somebody else's and is kept. */
const specKeys = ["region", "endpoint", "force_path_style", "allow_private_endpoint", "parallel_uploads"] as const;

export function remoteStoreChanges(
  wanted: readonly WantedRemoteStore[],
  live: LiveDittoFs,
): readonly Change<RemoteStoreCalls>[] {
  return wanted.map((store) => {
    const present = live.remoteStores.find(({ name }) => name === store.name);
    const ref = { family: "remoteStore", name: store.name, needs: [] } as const;
    const problem = placeProblem(store, present) ?? credentialsProblem(store);
    if (problem !== undefined) return { ...ref, calls: [], what: "", problem };
    return { ...ref, ...(present === undefined ? creation(store) : update(store, present, live)) };
  });
}

type Body = Pick<Change<RemoteStoreCalls>, "calls" | "what">;

function creation(store: WantedRemoteStore): Body {
  const bucket = store.config["bucket"];
  const what = typeof bucket === "string" ? `created (bucket ${bucket})` : "created (memory)";
  return { calls: [{ name: "createRemoteStore", body: setting(store, store.config) }], what };
}

function update(store: WantedRemoteStore, present: LiveRemoteStore, live: LiveDittoFs): Body {
  const differing = specKeys.filter((key) => !isSame(store.config[key], present.config[key]));
  const what = [
    ...differing.map((key) => `${key} changed`),
    ...(areKeysNew(store, present, live) ? ["access key set"] : []),
  ];
  if (what.length === 0) return { calls: [], what: "" };
  const foreign = Object.entries(present.config).filter(([key]) => !specKeys.some((each) => each === key));
  const body = setting(store, { ...Object.fromEntries(foreign), ...store.config });
  return { calls: [{ name: "updateRemoteStore", body }], what: what.join(", ") };
}

function setting({ name, type, credentials, digest }: WantedRemoteStore, config: Config): RemoteStoreSetting {
  return { name, type, config, hasKeys: credentials.kind === "usable", digest };
}

/** The server shows the id of the key and hides the rest, whose last setting is remembered by its digest. */
function areKeysNew(
  { name, credentials, digest }: WantedRemoteStore,
  present: LiveRemoteStore,
  live: LiveDittoFs,
): boolean {
  if (credentials.kind !== "usable") return false;
  const id = present.config["access_key_id"];
  if (typeof id === "string" && sha256(id) !== credentials.accessKeyIdDigest) return true;
  const set = live.sentStores.get(name) ?? live.appliedStores.get(name);
  return set !== undefined && set !== digest;
}

/** The server takes another bucket, compression or encryption without a word, and everything that was uploaded is then missing or garbled. */
function placeProblem(wanted: WantedRemoteStore, live: LiveRemoteStore | undefined): string | undefined {
  if (live === undefined) return undefined;
  const [asked, present] = [placeOf(wanted), placeOf(live)];
  if (asked === present) return undefined;
  return `Remote store "${wanted.name}" is ${present} on the server and the spec asks for ${asked}. What was uploaded would not move along, so it is left as it is: restore the spec, or declare a store under another name, with a new share on it, and copy the files.`;
}

function placeOf({ type, config }: { readonly type: string; readonly config: Config }): string {
  const { bucket, prefix, compression, encryption } = config;
  if (typeof bucket !== "string") return type;
  const below = typeof prefix === "string" && prefix !== "" ? ` with prefix ${prefix.slice(0, 256)}` : "";
  const packed =
    compression === undefined || compression === null
      ? ""
      : ` with compression ${JSON.stringify(compression).slice(0, 40)}`;
  return `bucket ${bucket.slice(0, 63)}${below}${packed}${encryptionOf(encryption)}`;
}

function encryptionOf(encryption: unknown): string {
  if (typeof encryption !== "object" || encryption === null) return "";
  const { aead = defaultCipher, key } = encryption as { readonly aead?: unknown; readonly key?: unknown }; // any object may have them
  return ` with encryption ${JSON.stringify([aead, key]).slice(0, 200)}`;
}

function credentialsProblem({ name, credentials }: WantedRemoteStore): string | undefined {
  return credentials.kind === "unusable" ? `Remote store ${name}: ${credentials.message}` : undefined;
}

function isSame(wanted: unknown, live: unknown): boolean {
  return JSON.stringify(wanted ?? "") === JSON.stringify(live ?? "");
}

function digestOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 16);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
