import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoFsApi } from "../../outside.ts";
import { withAnswer } from "./with-answer.ts";

type Read = {
  readonly name: string;
  /** The server's JSON. */
  readonly answer: unknown;
  readonly read: (api: DittoFsApi) => Promise<unknown>;
  readonly value: unknown;
};

export function testReads(reads: readonly Read[]): void {
  for (const { name, answer, read, value } of reads)
    test(`reads ${name}`, { timeout: 10_000 }, async () => {
      await withAnswer(answer, async ({ api }) => assert.deepEqual(await read(api), { code: "ok", value }));
    });
}
