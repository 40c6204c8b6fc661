import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isAsWanted } from "./is-as-wanted.ts";

describe("a live value that is one unit to server-side apply", () => {
  const rows: readonly {
    readonly wanted: unknown;
    readonly live: unknown;
    readonly is: boolean;
    readonly because: string;
  }[] = [
    { wanted: "a", live: "a", is: true, because: "it is the same" },
    { wanted: "80", live: 80, is: false, because: "a port's name is not its number" },
    { wanted: false, live: undefined, is: true, because: "the server does not show a zero value" },
    { wanted: "", live: undefined, is: true, because: "the server does not show a zero value" },
    { wanted: [], live: undefined, is: true, because: "the server does not show a zero value" },
    { wanted: { a: { b: 0 } }, live: undefined, is: true, because: "nothing in it says anything" },
    { wanted: true, live: undefined, is: false, because: "it was removed" },
    { wanted: { a: 1 }, live: undefined, is: false, because: "it was removed" },
    { wanted: ["a", "b"], live: ["b", "a"], is: false, because: "order counts, as in a command line" },
    { wanted: ["a"], live: ["a", "b"], is: false, because: "something was added" },
    { wanted: { a: 1 }, live: { a: 1, b: 2 }, is: false, because: "something was added that is no default" },
    { wanted: { a: 1 }, live: { a: 1, b: "" }, is: true, because: "a zero value says nothing" },
    { wanted: [{ port: 1 }], live: [{ port: 1, protocol: "TCP" }], is: true, because: "the protocol is a default" },
    { wanted: [{ port: 1 }], live: [{ port: 1, protocol: "UDP" }], is: false, because: "that is not the default" },
    { wanted: {}, live: { matchLabels: { a: "b" } }, is: false, because: "an empty selector selects everything" },
    { wanted: { a: undefined }, live: {}, is: true, because: "an undefined field is none" },
    { wanted: [1], live: { 0: 1 }, is: false, because: "a list is no object" },
    { wanted: { a: 1 }, live: [1], is: false, because: "an object is no list" },
    { wanted: { a: 1 }, live: "a", is: false, because: "an object is no text" },
    { wanted: { toString: "x" }, live: { a: 1 }, is: false, because: "what objects inherit is no field" },
  ];
  for (const { wanted, live, is, because } of rows) {
    test(`${JSON.stringify(live)} ${is ? "is" : "is not"} ${JSON.stringify(wanted)}: ${because}`, () => {
      assert.equal(isAsWanted(wanted, live), is);
    });
  }
});
