import type { BuildResult, Plugin } from "esbuild";
import { build } from "esbuild";

/** The programs that run without node_modules: the operator of the image, and the DittoFS double of the lab. */
const entryPoints = { operator: "src/main.ts", dfs: "double/main.ts" } as const;

export type Program = keyof typeof entryPoints;
export type Bundle = BuildResult<{ metafile: true }>;

/**
 * An import statement reads every export of a module of Node, also those that are made when they are first asked for. With
 * the `WebSocket` of node:http comes all of undici, which nobody here uses and which takes 4 MB of memory. `require` reads none.
 */
const requiredBuiltins: Plugin = {
  name: "required-builtins",
  setup: (builder) => {
    const namespace = "required";
    builder.onResolve({ filter: /^node:/ }, ({ kind, path }) =>
      kind === "import-statement" ? { path, namespace } : undefined,
    );
    builder.onLoad({ filter: /^/, namespace }, ({ path }) => ({ contents: `module.exports = require("${path}")` }));
  },
};

/**
 * Parts of libraries that load at start, bring threads and clusters with them, and are never called: pino's transports in
 * a thread of their own, prom-client's metrics of a cluster of processes and of the JavaScript engine.
 */
const unusedParts: Plugin = {
  name: "unused-parts",
  setup: (builder) => {
    const namespace = "unused";
    builder.onResolve({ filter: /^(thread-stream|\.\/lib\/(cluster|defaultMetrics))$/ }, ({ importer, path }) =>
      /node_modules\/(pino|prom-client)\//.test(importer) ? { path, namespace } : undefined,
    );
    builder.onLoad({ filter: /^/, namespace }, () => ({ contents: "module.exports = {}" }));
  },
};

/**
 * Bundles a program; without `outdir` nothing is written. What it imports dynamically (the reading of a kubeconfig)
 * becomes a file of its own, so that the operator in a cluster never loads it. Identifiers stay as they are, for logs and stack traces.
 */
export function bundle(program: Program, outdir?: string): Promise<Bundle> {
  return build({
    entryPoints: [{ in: entryPoints[program], out: program }],
    outdir: outdir ?? "dist",
    write: outdir !== undefined,
    bundle: true,
    splitting: true,
    chunkNames: `${program}-[name]-[hash]`,
    platform: "node",
    format: "esm",
    target: "node24",
    outExtension: { ".js": ".mjs" },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    sourcemap: "external",
    plugins: [requiredBuiltins, unusedParts],
    metafile: true,
    logLevel: "silent",
    // CommonJS packages ask for node: modules by require.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
  });
}
