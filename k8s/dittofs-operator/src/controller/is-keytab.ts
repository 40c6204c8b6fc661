/** Version of the keytab format, big-endian. https://web.mit.edu/kerberos/krb5-devel/doc/formats/keytab_file_format.html */
const version = [5, 2];
const sizeBytes = 4;

/** Whether a value is a whole keytab with at least one key. A file that breaks off keeps the server from starting. */
export function isKeytab(bytes: Uint8Array): boolean {
  if (!version.every((byte, index) => bytes[index] === byte)) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let keys = 0;
  let at = version.length;
  while (at < bytes.length) {
    if (at + sizeBytes > bytes.length) return false;
    // A negative size is the hole that a removed key left.
    const size = view.getInt32(at);
    if (size > 0) keys += 1;
    if (size === 0) break;
    at += sizeBytes + Math.abs(size);
  }
  return keys > 0 && at <= bytes.length;
}
