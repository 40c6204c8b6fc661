import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { allOf } from "./testing/all-of.ts";
import { watchLines } from "./watch-lines.ts";

async function linesOf(chunks: readonly Buffer[]): Promise<readonly string[]> {
  async function* stream(): AsyncGenerator<Buffer> {
    yield* chunks;
  }
  return await allOf(watchLines(stream()));
}

/** The bytes in pieces that end at the given places. */
function pieces(bytes: Buffer, ends: readonly number[]): readonly Buffer[] {
  const places = [...new Set(ends.map((end) => end % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [...places, bytes.length].map((end, index) => bytes.subarray(places[index - 1] ?? 0, end));
}

describe("the lines of a watch", () => {
  test("end at the byte 0x0A and nowhere else", async () => {
    const line = JSON.stringify({ text: "a\u2028b\u2029c\u0085d\re" });
    assert.deepEqual(await linesOf([Buffer.from(`${line}\n`)]), [line]);
  });

  test("are whole, wherever the network cut them, also within a character", async () => {
    const line = fc.string({ unit: "grapheme", minLength: 1 }).map((text) => JSON.stringify(text));
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(fc.nat()), async (lines, ends) => {
        const bytes = Buffer.from(lines.map((each) => `${each}\n`).join(""));
        assert.deepEqual(await linesOf(pieces(bytes, ends)), lines);
      }),
    );
  });

  test("that have no end were cut off, and are not told", async () => {
    assert.deepEqual(await linesOf([Buffer.from('{"a":1}\n{"b"')]), ['{"a":1}']);
  });

  test("that are empty are none", async () => {
    assert.deepEqual(await linesOf([Buffer.from("\n\na\n \n")]), ["a"]);
  });

  test("that never end are given up before they fill the memory", async () => {
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) yield Buffer.alloc(1024 * 1024, "x");
    }
    await assert.rejects(allOf(watchLines(endless())), /longer than/);
  });
});
