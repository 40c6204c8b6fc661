/** A keytab with one key that opens nothing. */
export function aKeytab(): Buffer {
  const entry = Buffer.alloc(40, 7);
  const size = Buffer.alloc(4);
  size.writeInt32BE(entry.length);
  return Buffer.concat([Buffer.from([5, 2]), size, entry]);
}
