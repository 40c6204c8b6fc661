/** An event of a watch is one object; this is far beyond what etcd takes. */
const longestLine = 32 * 1024 * 1024;

/**
 * Splits a stream into lines at the byte 0x0A only. A text reader would also split at U+2028, which may stand in a JSON
 * string, and could not put a character together that two chunks share.
 */
export async function* watchLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      pending.push(chunk.subarray(start, end));
      const line = Buffer.concat(pending).toString("utf8");
      pending = [];
      pendingBytes = 0;
      start = end + 1;
      if (line.trim() !== "") yield line;
    }
    pending.push(chunk.subarray(start));
    pendingBytes += chunk.length - start;
    if (pendingBytes > longestLine) throw new Error(`an event is longer than ${longestLine} bytes`);
  }
}
