import { join } from "node:path";
import { configFile } from "../../../double/config/config-file.ts";
import { type Double, type DoubleOptions, StartError, startDouble } from "../../../double/start-double.ts";
import { ContainerError } from "./container-error.ts";

/** A container whose program is the DittoFS double, about to start. */
export type DoubleContainer = {
  /** The pod's address, at which it listens in place of all addresses. */
  readonly address: string;
  /** The folder that stands for the container's root. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
};

/** Starts the double in this process as the container would: its file, its environment, its volumes. */
export async function startDoubleInPod(
  { address, root, env, args }: DoubleContainer,
  options: Partial<DoubleOptions> = {},
): Promise<Double> {
  try {
    const file = configFile(join(root, args[args.indexOf("--config") + 1] ?? ""));
    return await startDouble({ ...options, config: inPod(file, address, root), env, storeRoot: root });
  } catch (cause) {
    if (!(cause instanceof StartError)) throw cause;
    throw new ContainerError("CrashLoopBackOff", cause.message, cause);
  }
}

/** Paths of files that the server opens itself, by the keys of its configuration. */
const paths = [
  ["database", "sqlite", "path"],
  ["metrics", "token_file"],
  ...["controlplane", "metrics"].flatMap((listener) =>
    ["cert_file", "key_file", "client_ca"].map((file) => [listener, "tls", file]),
  ),
];

function inPod(file: unknown, address: string, root: string): unknown {
  const config = structuredClone(file) as Section; // the double checks it
  for (const path of paths) {
    const last = path.at(-1) ?? "";
    const section = path.slice(0, -1).reduce<Section | undefined>(sectionIn, config);
    const value = section?.[last];
    if (section !== undefined && typeof value === "string") section[last] = join(root, value);
  }
  for (const listener of ["controlplane", "metrics"]) {
    const section = sectionIn(config, listener);
    if (section !== undefined) section["host"] = address;
  }
  return config;
}

type Section = Record<string, unknown>;

function sectionIn(section: Section | undefined, name: string): Section | undefined {
  const value = section?.[name];
  return typeof value === "object" && value !== null ? (value as Section) : undefined; // YAML of the operator
}
