import type { DittoServer } from "../api/ditto-server.ts";
import type { DittoFsSeen } from "../domain/dittofs-seen.ts";
import { isSameJson } from "../runtime/is-same-json.ts";
import type { ServerKey } from "./server-key.ts";

/** Which process and which wishes an answer is about. Another one of either makes it worth asking again. */
export type Question = {
  readonly serverUid: string;
  readonly generation: number;
  /** Pod and start of the process. */
  readonly process: string;
  /** Version of the Secret with the administrator's password. */
  readonly credentialsVersion: string;
  /** The status says what the last answer waits for. */
  readonly isNoted?: true;
};

type Finding = {
  readonly question: Question;
  readonly seen: DittoFsSeen | undefined;
  /** Nobody could be asked when its turn came. */
  readonly isMissed?: true;
};

/** What the DittoFS servers said last: written by the one controller, read by the other. In memory only. */
export class DittoFsFindings {
  readonly #findings = new Map<ServerKey, Finding>();

  /** What is known of this process, or of the last one while there is none. */
  seen(key: ServerKey, server: DittoServer, process: string | undefined): DittoFsSeen {
    const finding = this.#findings.get(key);
    if (finding === undefined || finding.question.serverUid !== server.metadata.uid)
      return { kind: "notAsked", because: "operatorStarted" };
    const isOfThisProcess = process === undefined || finding.question.process === process;
    if (!isOfThisProcess) return { kind: "notAsked", because: "podChanged" };
    return finding.seen ?? { kind: "notAsked", because: "podChanged" };
  }

  /** Notes that a question is about to be asked; false when it already was. What an earlier process said is dropped. */
  ask(key: ServerKey, question: Question): boolean {
    const before = this.#findings.get(key);
    if (before !== undefined && !isDue(before, question)) {
      this.#findings.set(key, { ...before, question });
      return false;
    }
    const keeps = before?.question.serverUid === question.serverUid && before.question.process === question.process;
    this.#findings.set(key, { question, seen: keeps ? before.seen : undefined });
    return true;
  }

  /** Notes that nobody could be asked: whoever sees the server serve next asks, because no later turn is planned. */
  miss(key: ServerKey): void {
    const finding = this.#findings.get(key);
    if (finding !== undefined) this.#findings.set(key, { ...finding, isMissed: true });
  }

  /** Notes an answer; false when it changes nothing, or comes from a process that is no longer asked. */
  answer(key: ServerKey, process: string, seen: DittoFsSeen): boolean {
    const finding = this.#findings.get(key);
    if (finding === undefined || finding.question.process !== process || isSameJson(finding.seen, seen)) return false;
    this.#findings.set(key, { ...finding, seen });
    return true;
  }

  /** Answers the uid of the server that the key named, if one was known. */
  forget(key: ServerKey): string | undefined {
    const serverUid = this.#findings.get(key)?.question.serverUid;
    this.#findings.delete(key);
    return serverUid;
  }
}

/** That the status says what was waited for is worth a question, and that nothing waits any more is none. */
function isDue({ question: asked, isMissed }: Finding, question: Question): boolean {
  const about = ({ isNoted: _, ...rest }: Question): Omit<Question, "isNoted"> => rest;
  const isNotedNow = question.isNoted === true && asked.isNoted !== true;
  return isMissed === true || isNotedNow || !isSameJson(about(asked), about(question));
}
