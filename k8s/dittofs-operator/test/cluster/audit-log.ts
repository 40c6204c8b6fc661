import { randomUUID } from "node:crypto";
import { watch } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { AdminConnection } from "./admin-connection.ts";
import { type AuditedRequest, auditedRequests } from "./audited-requests.ts";

/** A place in the audit log: every request that was answered before it was taken lies before it. */
export type AuditMark = { readonly offset: number };

export type AuditLog = {
  mark(): Promise<AuditMark>;
  /** The requests between two marks, in the order of their first line. */
  requests(from: AuditMark, to: AuditMark): Promise<readonly AuditedRequest[]>;
};

const markTimeoutMs = 5000;

export function auditLog(path: string, connection: AdminConnection): AuditLog {
  const bytes = async (from: number, to: number): Promise<string> => {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
      return buffer.toString("utf8", 0, bytesRead);
    } finally {
      await file.close();
    }
  };

  return {
    // The API server writes a line before it finishes the answer, so that the line of our own request comes after all others.
    mark: async () => {
      const { size: before } = await stat(path);
      const id = randomUUID();
      await connection.send("GET", `/version?mark=${id}`);
      for await (const _ of changes(path)) {
        const { size } = await stat(path);
        const text = await bytes(before, size);
        const line = text.split("\n").findIndex((each) => each.includes(id));
        if (line >= 0 && text.endsWith("\n")) return { offset: size };
      }
      throw new Error(`the audit log ${path} has no line of a request after ${markTimeoutMs} ms`);
    },
    requests: async (from, to) => auditedRequests(await bytes(from.offset, to.offset)),
  };
}

/** Yields at once and after each change of the file, for a bounded time. */
async function* changes(path: string): AsyncGenerator<void> {
  const watcher = watch(path);
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), markTimeoutMs);
  try {
    while (!end.signal.aborted) {
      const changed = Promise.withResolvers<void>();
      watcher.once("change", () => changed.resolve());
      end.signal.addEventListener("abort", () => changed.resolve(), { once: true });
      yield;
      await changed.promise;
    }
  } finally {
    clearTimeout(timer);
    watcher.close();
  }
}
