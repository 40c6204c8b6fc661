import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoFsApi } from "../../outside.ts";
import { withAnswer } from "./with-answer.ts";

type Write = {
  readonly name: string;
  readonly write: (api: DittoFsApi) => Promise<unknown>;
  /** Method and path. */
  readonly request: string;
  /** undefined: none is sent. */
  readonly body: unknown;
};

export function testWrites(writes: readonly Write[]): void {
  for (const { name, write, request, body } of writes)
    test(`sends ${name}`, { timeout: 10_000 }, async () => {
      await withAnswer({}, async ({ api, server }) => {
        await write(api);
        const [received] = server.received;
        assert.equal(`${received?.method} ${received?.path}`, request);
        assert.equal(received?.authorization, "Bearer a-token");
        assert.deepEqual(received?.body === "" ? undefined : JSON.parse(received?.body ?? ""), body);
      });
    });
}
