import type { IncomingMessage } from "node:http";
import * as z from "zod/mini";
import type { Clock } from "../runtime/clock.ts";
import type { KubernetesObject, WatchEvent, WatchStream } from "../runtime/kubernetes-api.ts";
import { apiFailureOfEvent, noAnswer } from "./api-failure.ts";
import { kubernetesObject } from "./kubernetes-object.ts";
import { watchLines } from "./watch-lines.ts";

const frame = z.object({ type: z.string(), object: z.unknown() });
const bookmark = z.object({ metadata: z.object({ resourceVersion: z.string() }) });
const types = { ADDED: "added", MODIFIED: "modified", DELETED: "deleted" } as const;

/** The events of an open watch. A stream that breaks, or says what cannot be understood, ends with a `failure` event. */
export function watchStream(
  message: IncomingMessage,
  clock: Clock,
  typeMeta: Pick<KubernetesObject, "apiVersion" | "kind">,
): WatchStream {
  let lastByteMs = clock.monotonicMs();
  message.on("data", () => {
    lastByteMs = clock.monotonicMs();
  });
  let isClosed = false;
  async function* events(): AsyncGenerator<WatchEvent> {
    try {
      for await (const line of watchLines(message)) {
        const event = watchEvent(line, typeMeta);
        yield event;
        if (event.type === "failure") return;
      }
    } catch (error) {
      if (!isClosed)
        yield {
          type: "failure",
          failure: noAnswer("unreachable", error instanceof Error ? error.message : String(error), false),
        };
    } finally {
      message.destroy();
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

function watchEvent(line: string, typeMeta: Pick<KubernetesObject, "apiVersion" | "kind">): WatchEvent {
  const { type, object } = frame.parse(JSON.parse(line));
  if (type === "ERROR") return { type: "failure", failure: apiFailureOfEvent(object) };
  if (type === "BOOKMARK")
    return { type: "bookmark", resourceVersion: bookmark.parse(object).metadata.resourceVersion };
  if (type !== "ADDED" && type !== "MODIFIED" && type !== "DELETED")
    throw new Error(`an event of unknown type ${type.slice(0, 40)}`);
  return { type: types[type], object: kubernetesObject(object, typeMeta) };
}
