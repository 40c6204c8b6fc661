import assert from "node:assert/strict";
import { test } from "node:test";
import { Story, secondsText, wrapped } from "./story.ts";

function told(tell: (story: Story) => void): string {
  let text = "";
  tell(
    new Story((part) => {
      text += part;
    }, 1),
  );
  return text;
}

test("steps go on from the number that was told before, and what happens stands below them", () => {
  const text = told((story) => {
    story.step("Look", "This is why.");
    story.tell("a\n b\n");
    story.happened(1250, "it came");
    story.turned(61_000, { type: "Ready", status: "True", reason: "Serving", message: "Clients can mount." });
    story.step("Again", "And why.");
  });
  const lines = [
    "",
    "2. Look",
    "   This is why.",
    "   a",
    "    b",
    "     1.3 s  it came",
    "    61.0 s  Ready         True     Serving: Clients can mount.",
    "",
    "3. Again",
    "   And why.",
    "",
  ];
  assert.equal(text, lines.join("\n"));
});

test("seconds stand below each other", () => {
  assert.deepEqual([0, 12_345, 123_456].map(secondsText), ["  0.0 s", " 12.3 s", "123.5 s"]);
});

test("long sentences break between words, and a word that is too long has a line of its own", () => {
  assert.deepEqual(wrapped("one two three", 7), ["one two", "three"]);
  assert.deepEqual(wrapped("a incomprehensible b", 5), ["a", "incomprehensible", "b"]);
});
