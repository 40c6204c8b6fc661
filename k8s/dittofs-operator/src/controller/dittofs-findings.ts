import type { DittoServer } from "../api/ditto-server.ts";
import type { DittoFsSeen } from "../domain/dittofs-seen.ts";
import { isSameJson } from "../runtime/is-same-json.ts";
import type { ServerKey } from "./server-key.ts";

/** Which process and which wishes an answer is about. Another one of either makes it worth asking again. */
export type Question = {
  readonly serverUid: string;
  readonly generation: number;
  readonly podUid: string;
  /** Version of the Secret with the administrator's password. */
  readonly credentialsVersion: string;
};

type Finding = { readonly question: Question; readonly seen: DittoFsSeen | undefined };

/** What the DittoFS servers said last: written by the one controller, read by the other. In memory only. */
export class DittoFsFindings {
  readonly #findings = new Map<ServerKey, Finding>();

  /** What is known of the process in `podUid`, or of the last one while there is none. */
  seen(key: ServerKey, server: DittoServer, podUid: string | undefined): DittoFsSeen {
    const finding = this.#findings.get(key);
    if (finding === undefined || finding.question.serverUid !== server.metadata.uid)
      return { kind: "notAsked", because: "operatorStarted" };
    const isOfThisPod = podUid === undefined || finding.question.podUid === podUid;
    if (!isOfThisPod) return { kind: "notAsked", because: "podChanged" };
    return finding.seen ?? { kind: "notAsked", because: "podChanged" };
  }

  /** Notes that a question is about to be asked; false when it already was. What an earlier pod said is dropped. */
  ask(key: ServerKey, question: Question): boolean {
    const before = this.#findings.get(key);
    if (before !== undefined && isSameJson(before.question, question)) return false;
    const keeps = before?.question.serverUid === question.serverUid && before.question.podUid === question.podUid;
    this.#findings.set(key, { question, seen: keeps ? before.seen : undefined });
    return true;
  }

  /** Notes an answer; false when it changes nothing, or comes from a pod that is no longer asked. */
  answer(key: ServerKey, podUid: string, seen: DittoFsSeen): boolean {
    const finding = this.#findings.get(key);
    if (finding === undefined || finding.question.podUid !== podUid || isSameJson(finding.seen, seen)) return false;
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
