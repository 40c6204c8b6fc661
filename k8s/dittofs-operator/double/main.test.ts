import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { freshConfig, jwtSecret, request } from "./fresh-double.ts";

const folder = mkdtempSync(join(tmpdir(), "dittofs-double-main-"));
const started: ChildProcess[] = [];
after(() => {
  for (const child of started) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

interface Program {
  readonly ended: Promise<Ended>;
  /** Until the API listens; rejects if the program ends before. */
  readonly listening: Promise<void>;
  stop(signal: NodeJS.Signals): void;
}

/** The protocols of the program listen on all addresses, so they are switched off unless a test is about them. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Program {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], {
    env: {
      HOME: folder,
      DITTOFS_CONTROLPLANE_SECRET: jwtSecret,
      DITTOFS_ADMIN_INITIAL_PASSWORD: "some-password",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(([exit, output, errors]) => ({
    code: exit,
    output,
    errors,
  }));
  const listening = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      if (chunk.includes("API server listening")) resolve();
    });
    child.once("exit", () => reject(new Error("the program ended")));
  });
  listening.catch(() => undefined);
  return { ended, listening, stop: (signal) => child.kill(signal) };
}

function configPath(name: string, config: object): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, JSON.stringify({ logging: { output: "stdout", format: "json" }, ...config }));
  return path;
}

test("it starts, warns of unknown keys, logs to standard output, and ends with 0 on a signal", async () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    // the signals by name
    const path = configPath("plain", { ...freshConfig(folder), adapters: {} });
    const program = start(["start", "--foreground", "--config", path]);
    await program.listening;
    const askedMs = performance.now();
    program.stop(signal);
    const { code, output, errors } = await program.ended;
    assert.equal(code, 0);
    assert.ok(performance.now() - askedMs < 2000, "within two seconds");
    assert.equal(errors, "WARNING: config contains unknown keys (ignored): adapters\n");
    assert.match(output, /"level":"INFO","msg":"API server listening"/);
    assert.doesNotMatch(output + errors, new RegExp(`${jwtSecret}|some-password`));
  }
});

test("what it cannot start with is one line and exit 1", async () => {
  const rows: readonly (readonly [args: readonly string[], error: RegExp, env?: Record<string, string>])[] = [
    [["stop"], /usage/],
    [["start", "--config", join(folder, "none.yaml")], /not found/],
    [["start", `--config=${configPath("port", { controlplane: { port: "abc" } })}`], /controlplane\.port/],
    [
      ["start", "--config", configPath("secret", freshConfig(folder))],
      /at least 32/,
      { DITTOFS_CONTROLPLANE_SECRET: "short" },
    ],
  ];
  for (const [args, error, env] of rows) {
    const { code, errors } = await start(args, env).ended;
    assert.equal(code, 1, errors);
    assert.match(errors, error);
    assert.equal(errors.trim().split("\n").length, 1);
  }
});

test("without a configuration it warns, keeps its state below the home folder and logs to a file", async () => {
  const { listening, ended, stop } = start(["start", "--foreground"], {
    DITTOFS_CONTROLPLANE_HOST: String(Object(freshConfig(folder).controlplane).host),
  });
  listening.catch(() => undefined);
  const log = join(folder, ".local/state/dittofs/dittofs.log");
  while (!existsSync(log) || !readFileSync(log, "utf8").includes("API server listening"))
    await new Promise((resolve) => setTimeout(resolve, 20));
  stop("SIGTERM");
  const { code, output, errors } = await ended;
  assert.deepEqual([code, output], [0, ""]);
  assert.match(errors, /^WARNING: no configuration file found/);
  assert.ok(existsSync(join(folder, ".config/dittofs/controlplane.db")));
});

test("killed, it leaves nothing that keeps the next start from the same store", async () => {
  const config = freshConfig(folder);
  const { host } = Object(config.controlplane);
  const path = configPath("killed", { ...config, database: { sqlite: { path: join(folder, "killed.db") } } });
  const first = start(["start", "--config", path]);
  await first.listening;
  const call = async (at: string, body: object, token = ""): Promise<Readonly<Record<string, unknown>>> =>
    (await request(`http://${host}:8080`, { method: "POST", path: `/api/v1/${at}`, body, token })).object;
  const { access_token } = await call("auth/login", { username: "admin", password: "some-password" });
  await call(
    "store/metadata",
    { name: "m", type: "badger", config: JSON.stringify({ path: join(folder, "meta") }) },
    String(access_token),
  );
  const second = await start(["start", "--config", path]).ended;
  assert.equal(second.code, 1, "the first still has the store");
  assert.match(second.errors, /locked by another process/);
  first.stop("SIGKILL");
  await first.ended;
  const third = start(["start", "--config", path]);
  await third.listening;
  third.stop("SIGTERM");
  assert.equal((await third.ended).code, 0);
});
