import type { IncomingMessage } from "node:http";
import * as z from "zod/mini";
import type { Clock } from "../runtime/clock.ts";
import type { ApiFailure, WatchEvent, WatchStream } from "../runtime/kubernetes-api.ts";
import { apiFailureOfEvent, noAnswer } from "./api-failure.ts";
import { kubernetesObject, type TypeMeta } from "./kubernetes-object.ts";
import { watchLines } from "./watch-lines.ts";

const frame = z.object({ type: z.string(), object: z.unknown() });
const bookmark = z.object({ metadata: z.object({ resourceVersion: z.string() }) });
const types = { ADDED: "added", MODIFIED: "modified", DELETED: "deleted" } as const;

/** The events of an open watch, to be read once. A stream that breaks, or speaks nonsense, ends with a `failure` event. */
export function watchStream(message: IncomingMessage, clock: Clock, typeMeta: TypeMeta): WatchStream {
  let lastByteMs = clock.monotonicMs();
  let isClosed = false;

  async function* chunks(): AsyncGenerator<Buffer> {
    for await (const chunk of message) {
      lastByteMs = clock.monotonicMs();
      yield chunk as Buffer; // a stream without an encoding yields buffers
    }
  }

  async function* events(): AsyncGenerator<WatchEvent> {
    try {
      for await (const line of watchLines(chunks())) {
        if (isClosed) return;
        const event = watchEvent(line, typeMeta);
        yield event;
        if (event.type === "failure") return;
      }
    } catch (error) {
      if (isClosed) return;
      const reason = error instanceof Error ? error.message : String(error);
      yield { type: "failure", failure: noAnswer("unreachable", `the watch broke: ${reason}`, false) };
    }
  }

  return {
    events: events(),
    lastByteMs: () => lastByteMs,
    close: () => {
      isClosed = true;
      message.destroy();
    },
  };
}

function watchEvent(line: string, typeMeta: TypeMeta): WatchEvent {
  try {
    const { type, object } = frame.parse(JSON.parse(line));
    if (type === "ERROR") return { type: "failure", failure: apiFailureOfEvent(object) };
    if (type === "BOOKMARK") {
      return { type: "bookmark", resourceVersion: bookmark.parse(object).metadata.resourceVersion };
    }
    if (type !== "ADDED" && type !== "MODIFIED" && type !== "DELETED") return nonsense("its type is unknown");
    const parsed = kubernetesObject(object, typeMeta);
    if (parsed.metadata.resourceVersion === undefined) return nonsense("its object has no resourceVersion");
    return { type: types[type], object: parsed };
  } catch (error) {
    return nonsense(error instanceof SyntaxError ? "it is no JSON" : String(error));
  }
}

/** `badRequest` makes the reader list anew: to go on from the same version would bring the same event again. */
function nonsense(reason: string): WatchEvent {
  const message = `an event of the watch cannot be understood: ${reason}`.slice(0, 1_000);
  const failure: ApiFailure = { code: "badRequest", message, causes: [], mayHaveHappened: false };
  return { type: "failure", failure };
}
