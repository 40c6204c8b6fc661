import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sizeText } from "../../../double/rest/size.ts";
import { isShownAs } from "./shown-size.ts";

const mi = 2n ** 20n;

test("a size is recognised in the text that the server shows for it", () => {
  const rows: readonly (readonly [bytes: bigint, shown: string])[] = [
    [1536n * mi, "1.50GiB"],
    [1500n * mi, "1.46GiB"],
    [1_000_000_000n, "953.67MiB"],
    [18_253_611_009n, "17.00GiB"],
    [1_000_000n, "976.56KiB"],
    [512n, "512B"],
    [512n, "512"],
    [2n ** 60n, "1048576.00TiB"],
    [0n, "0B"],
  ];
  for (const [bytes, shown] of rows) assert.ok(isShownAs(bytes, shown), `${bytes} is shown as ${shown}`);
});

test("another size, a missing one and nonsense are recognised as different", () => {
  const rows: readonly (readonly [bytes: bigint, shown: string | undefined])[] = [
    [1536n * mi, "1.51GiB"],
    [1536n * mi, "1.50MiB"],
    [513n, "512B"],
    [1536n * mi, undefined],
    [0n, ""],
    [1536n * mi, "1.50 bananas"],
    [1536n * mi, "1,50GiB"],
    [1536n * mi, "-1.50GiB"],
  ];
  for (const [bytes, shown] of rows) assert.ok(!isShownAs(bytes, shown), `${bytes} is not ${shown}`);
});

const bytes = fc.bigInt({ min: 1n, max: 2n ** 53n });

test("whatever was sent is recognised in what comes back, so no PUT repeats", () => {
  fc.assert(fc.property(bytes, (sent) => isShownAs(sent, sizeText(Number(sent)))));
});

test("a size that is a hundredth larger is seen as a change", () => {
  fc.assert(fc.property(bytes, (sent) => !isShownAs(sent + sent / 50n + 1n, sizeText(Number(sent)))));
});
