/** A text that must reach one object and nothing else: no log line, comparison or message that it gets into shows it. */
export class SealedText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** As a Secret's data holds it. */
  base64(): string {
    return Buffer.from(this.#text, "utf8").toString("base64");
  }

  toJSON(): string {
    return "sealed";
  }
}
