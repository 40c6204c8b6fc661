import { styleText } from "node:util";
import type { Condition } from "../../src/api/conditions.ts";

type Style = Parameters<typeof styleText>[0];
type Turn = Pick<Condition, "type" | "status" | "reason" | "message">;

const columns = 100;

/** What the demo prints: numbered steps, each with a sentence for newcomers, and indented below them what happens. */
export class Story {
  readonly #write: (text: string) => void;
  #number: number;

  constructor(write: (text: string) => void, stepsBefore: number) {
    this.#write = write;
    this.#number = stepsBefore;
  }

  step(title: string, explanation: string): void {
    this.#number += 1;
    this.#line("");
    this.#line(styled("bold", `${this.#number}. ${title}`));
    for (const line of wrapped(explanation, columns - 3)) this.#line(styled("dim", `   ${line}`));
  }

  /** A sentence, or the output of a program. */
  tell(text: string): void {
    for (const line of text.trimEnd().split("\n")) this.#line(`   ${line}`);
  }

  /** Something that was claimed and looked at. */
  proved(claim: string): void {
    this.#line(`   ${styled("green", "ok")} ${claim}`);
  }

  /** Something that happened, with the seconds since it was asked for. */
  happened(afterMs: number, what: string): void {
    this.#line(`   ${secondsText(afterMs)}  ${what}`);
  }

  turned(afterMs: number, { type, status, reason, message }: Turn): void {
    const style: Style = type === "Ready" && status === "True" ? ["bold", "green"] : "reset";
    this.happened(afterMs, styled(style, `${type.padEnd(14)}${status.padEnd(9)}${reason}: ${message}`.slice(0, 160)));
  }

  failed(message: string): void {
    this.#line(`\n${styled("red", "The demo failed:")} ${message}`);
  }

  #line(text: string): void {
    this.#write(`${text.trimEnd()}\n`);
  }
}

/** styleText looks at the stream: without a terminal, or with NO_COLOR, the text stays plain. */
function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

export function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`.padStart(7);
}

export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}
