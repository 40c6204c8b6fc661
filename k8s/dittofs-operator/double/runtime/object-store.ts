import { isIP } from "node:net";
import type { Network } from "./network.ts";
import type { StoreConfig } from "./store-config.ts";

/**
 * Endpoint hosts with a fixed fate, so that a test needs no object store: they resolve to a public address and then
 * answer (`s3.invalid`), refuse the connection (`unreachable.invalid`) or refuse the keys (`denied.invalid`).
 */
const fates: Readonly<Record<string, ObjectStoreState>> = {
  "s3.invalid": "accessible",
  "unreachable.invalid": "unreachable",
  "denied.invalid": "denied",
};

export type ObjectStoreState = "accessible" | "unreachable" | "denied";

/**
 * How long the server takes over a bucket that it cannot reach: to look at it, to look at a share on it while no status is kept, and to
 * load such a share (ten attempts with growing pauses; then it serves the share all the same).
 */
export const unreachableWaits = { probeMs: 5000, shareStatusMs: 30_000, loadMs: 163_000 };

function endpointUrl(endpoint: string): URL | undefined {
  const withScheme = endpoint.includes("://") ? endpoint : `https://${endpoint}`;
  return URL.canParse(withScheme) ? new URL(withScheme) : undefined;
}

/** The check of an endpoint when a store is created or changed: it must resolve, and not to an inner address unless that is allowed. */
export async function endpointProblem(config: StoreConfig, network: Network): Promise<string | undefined> {
  const { endpoint } = config;
  if (typeof endpoint !== "string" || endpoint === "") return undefined;
  const url = endpointUrl(endpoint);
  if (url === undefined || url.hostname === "") return `unsafe endpoint: invalid URL "${endpoint}"`;
  if (!["http:", "https:"].includes(url.protocol))
    return `unsafe endpoint: scheme "${url.protocol}" is not http or https`;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (Object.hasOwn(fates, host)) return undefined;
  let addresses: readonly string[];
  try {
    addresses = isIP(host) === 0 ? await network.resolve(host) : [host];
  } catch {
    return `unsafe endpoint: cannot resolve host "${host}"`;
  }
  const bad = addresses.find(
    (address) => isLinkLocal(address) || (config.allow_private_endpoint !== true && isPrivate(address)),
  );
  return bad === undefined ? undefined : `unsafe endpoint: "${host}" resolves to ${bad}, which is not a public address`;
}

export async function objectStoreState(config: StoreConfig, network: Network): Promise<ObjectStoreState> {
  const endpoint =
    typeof config.endpoint === "string" && config.endpoint !== "" ? config.endpoint : awsEndpoint(config);
  const url = endpointUrl(endpoint);
  if (url === undefined) return "unreachable";
  const fate = fates[url.hostname];
  if (fate !== undefined) return fate;
  const port = url.port === "" ? (url.protocol === "http:" ? 80 : 443) : Number(url.port);
  return (await network.dial(url.hostname.replace(/^\[|\]$/g, ""), port, unreachableWaits.probeMs))
    ? "accessible"
    : "unreachable";
}

function awsEndpoint(config: StoreConfig): string {
  return `https://s3.${typeof config.region === "string" && config.region !== "" ? config.region : "us-east-1"}.amazonaws.com`;
}

function isLinkLocal(address: string): boolean {
  return /^169\.254\.|^fe[89ab][0-9a-f]:/i.test(address);
}

function isPrivate(address: string): boolean {
  return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|0\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)|^(::1?$|f[cd])/i.test(
    address,
  );
}
