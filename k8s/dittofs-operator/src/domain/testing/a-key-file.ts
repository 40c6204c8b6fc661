/** A key file as the server reads it, with a key that opens nothing. */
export function aKeyFile(keyId: string, wrapping = "first", version = 1): string {
  const body = JSON.stringify({ version, master_key_id: keyId, wrap: "aes-256-gcm", wrapped_master_key: wrapping });
  const lines =
    Buffer.from(body)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  const title = "DITTOFS ENCRYPTED MASTER KEY";
  return [`-----BEGIN ${title}-----`, ...lines, `-----END ${title}-----`, ""].join("\n");
}
