import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ManualClock } from "../runtime/manual-clock.ts";
import { waitForPostgres } from "./wait-for-postgres.ts";

const place = {
  DITTOFS_DATABASE_POSTGRES_HOST: "127.0.0.1",
  DITTOFS_DATABASE_POSTGRES_DATABASE: "files",
  DITTOFS_DATABASE_POSTGRES_USER: "dittofs",
  DITTOFS_DATABASE_POSTGRES_PASSWORD: "not-to-be-seen",
};

/** Runs the program on a clock that goes on by itself; answers its exit code, what it said and its last words. */
async function run(environment: Readonly<Record<string, string>>, folder: string) {
  const clock = new ManualClock();
  const said: string[] = [];
  const state: { exitCode?: number } = {};
  const [toldFile, lastWordsFile] = [join(folder, "told"), join(folder, "last-words")];
  void waitForPostgres({ environment, toldFile, lastWordsFile, say: (line) => void said.push(line), clock }).then(
    (code) => {
      state.exitCode = code;
    },
  );
  for (let turn = 0; turn < 400 && state.exitCode === undefined; turn += 1) {
    await clock.advance(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { exitCode: state.exitCode, said: said.join("\n"), lastWords: readFileSync(lastWordsFile, "utf8") };
}

function aFolder(t: { readonly after: (end: () => void) => void }): string {
  const folder = mkdtempSync(join(tmpdir(), "wait-for-postgres-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("without a place it ends at once and names what is missing", async (t) => {
  const { exitCode, lastWords } = await run({}, aFolder(t));
  assert.equal(exitCode, 1);
  assert.match(lastWords, /DITTOFS_DATABASE_POSTGRES_HOST is not set; DITTOFS_DATABASE_POSTGRES_DATABASE is not set/);
});

test("a port that refuses is told in its last words, which do not hold the password", async (t) => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const { port } = closed.address() as { readonly port: number }; // it listens on TCP
  await new Promise((resolve) => closed.close(resolve));
  const { exitCode, said, lastWords } = await run(
    { ...place, DITTOFS_DATABASE_POSTGRES_PORT: String(port) },
    aFolder(t),
  );
  assert.equal(exitCode, 1);
  assert.match(lastWords, new RegExp(`^127\\.0\\.0\\.1 does not accept connections on port ${port}: .*ECONNREFUSED`));
  assert.doesNotMatch(said + lastWords, /not-to-be-seen/);
});
