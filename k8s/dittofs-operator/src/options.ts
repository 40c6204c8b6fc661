import { parseArgs } from "node:util";

/** How the operator was started: flags, checked. */
export type Options = {
  /** Absent inside a cluster, where the service account says it all. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly leaderElection: "on" | "off";
  /** Where the Lease is kept; absent: the operator's own namespace. */
  readonly leaseNamespace: string | undefined;
  /** Where health and metrics are served. */
  readonly health: { readonly host: string; readonly port: number };
  readonly log: { readonly level: "debug" | "info" | "warn" | "error"; readonly format: "json" | "text" };
  readonly workers: number;
  /** The only ones in which servers are looked for, with rights in these alone; absent: the whole cluster. */
  readonly namespaces: readonly [string, ...string[]] | undefined;
  /** The operator's own image, for containers that prepare a file server. */
  readonly image: string;
  /** Replaces the pod's address for every server: for development where pods cannot be reached. */
  readonly dittofsAddress: { readonly host: string; readonly port: number } | undefined;
};

export type ParsedOptions =
  | { readonly kind: "options"; readonly options: Options }
  /** In a pod of a file server, before it: wait for its database. */
  | { readonly kind: "waitForPostgres" }
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: "wrong"; readonly problems: readonly string[] };

/** As config/manager names it. */
export const DEFAULT_OPERATOR_IMAGE = "dittofs-operator:0.1.0";

const flags = {
  kubeconfig: {
    type: "string",
    help: "kubeconfig to use; without it the pod's service account, then $KUBECONFIG, then ~/.kube/config",
  },
  context: { type: "string", help: "context of the kubeconfig; without it the current one" },
  "leader-election": { type: "string", default: "on", help: "on or off; off only where no second operator can run" },
  "lease-namespace": { type: "string", help: "namespace of the Lease; without it the operator's own" },
  health: { type: "string", default: ":8081", help: "address of /healthz, /readyz and /metrics" },
  "log-level": { type: "string", default: "info", help: "debug, info, warn or error" },
  "log-format": { type: "string", default: "json", help: "json, or text for a terminal" },
  workers: { type: "string", default: "4", help: "DittoServers worked on at the same time, 1 to 64" },
  namespaces: {
    type: "string",
    help: "a,b: serve these namespaces alone, with Roles in each and no ClusterRole; without it the whole cluster",
  },
  image: {
    type: "string",
    default: DEFAULT_OPERATOR_IMAGE,
    help: "the operator's own image as file servers can pull it: it waits there for PostgreSQL",
  },
  "dittofs-address": {
    type: "string",
    help: "host:port at which every server's REST API is called instead of at its pod (development)",
  },
  help: { type: "boolean", default: false, help: "print this" },
} as const;

/** Reads the command line. All problems are told at once, each with the flag and what it takes. */
export function parseOptions(args: readonly string[]): ParsedOptions {
  if (args.length === 1 && args[0] === "wait-for-postgres") return { kind: "waitForPostgres" };
  let values: Readonly<Record<string, string | boolean | undefined>>;
  try {
    values = parseArgs({ args: [...args], options: flags, strict: true }).values;
  } catch (error) {
    return { kind: "wrong", problems: [error instanceof Error ? error.message : String(error)] };
  }
  if (values["help"] === true) return { kind: "help", text: helpText() };
  const problems: string[] = [];
  const given = (name: keyof typeof flags): string | undefined =>
    typeof values[name] === "string" ? values[name] : undefined;
  const text = (name: keyof typeof flags): string | undefined => given(name) || undefined;
  const oneOf = <T extends string>(name: keyof typeof flags, allowed: readonly [T, ...T[]]): T => {
    const found = allowed.find((each) => each === text(name));
    if (found === undefined) problems.push(`--${name} takes ${allowed.join(", ")}; it got "${text(name) ?? ""}"`);
    return found ?? allowed[0];
  };
  const address = (name: keyof typeof flags, given: string): { host: string; port: number } => {
    const parsed = hostAndPort(given);
    if (parsed === undefined) problems.push(`--${name} takes HOST:PORT; it got "${given}"`);
    return parsed ?? { host: "", port: 0 };
  };
  const workers = Number(text("workers"));
  if (!Number.isInteger(workers) || workers < 1 || workers > 64)
    problems.push(`--workers takes a whole number from 1 to 64; it got "${text("workers") ?? ""}"`);
  // Not as other flags: an empty one must not make it an operator of the whole cluster.
  const namespaces = given("namespaces");
  const [first, ...others] = new Set(namespaces?.split(",").filter((name) => name !== ""));
  const isMisnamed = (name: string): boolean => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
  if (namespaces !== undefined && (first === undefined || [first, ...others].some(isMisnamed)))
    problems.push(`--namespaces takes names of namespaces; it got "${namespaces}"`);
  const dittofs = text("dittofs-address");
  const options: Options = {
    kubeconfig: text("kubeconfig"),
    context: text("context"),
    leaderElection: oneOf("leader-election", ["on", "off"]),
    leaseNamespace: text("lease-namespace"),
    health: address("health", text("health") ?? ""),
    log: {
      level: oneOf("log-level", ["info", "debug", "warn", "error"]),
      format: oneOf("log-format", ["json", "text"]),
    },
    workers,
    namespaces: first === undefined ? undefined : [first, ...others],
    image: text("image") ?? DEFAULT_OPERATOR_IMAGE,
    dittofsAddress: dittofs === undefined ? undefined : address("dittofs-address", dittofs),
  };
  return problems.length === 0 ? { kind: "options", options } : { kind: "wrong", problems };
}

/** `:8081` is every address of the machine; an IPv6 address stands in brackets. */
function hostAndPort(text: string): { host: string; port: number } | undefined {
  const match = /^(?:\[(?<six>[0-9a-fA-F:]+)\]|(?<host>[^:[\]]*)):(?<port>[0-9]{1,5})$/.exec(text);
  const port = Number(match?.groups?.["port"]);
  if (match === null || port > 65_535) return undefined;
  const host = match.groups?.["six"] ?? match.groups?.["host"] ?? "";
  return { host: host === "" ? "::" : host, port };
}

function helpText(): string {
  const width = Math.max(...Object.keys(flags).map((name) => name.length));
  const lines = Object.entries(flags).map(([name, flag]) => {
    const preset = "default" in flag && typeof flag.default === "string" ? ` (default ${flag.default})` : "";
    return `  --${name.padEnd(width)}  ${flag.help}${preset}`;
  });
  return ["dittofs-operator: runs DittoFS file servers on Kubernetes", "", ...lines].join("\n");
}
