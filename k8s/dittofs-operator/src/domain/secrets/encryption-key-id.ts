const block =
  /-----BEGIN DITTOFS ENCRYPTED MASTER KEY-----([A-Za-z0-9+/=\s]{1,8192})-----END DITTOFS ENCRYPTED MASTER KEY-----/;

/** Which key is in a key file, as the server writes it beside all that it encrypts with it; undefined for another text. It is no secret. */
export function encryptionKeyId(text: string): string | undefined {
  const [, body] = block.exec(text) ?? [];
  if (body === undefined) return undefined;
  const fields = parsed(Buffer.from(body, "base64").toString("utf8"));
  const id = fields?.["master_key_id"];
  return fields?.["version"] === 1 && typeof id === "string" && /^[-\w]{1,64}$/.test(id) ? id : undefined;
}

function parsed(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
