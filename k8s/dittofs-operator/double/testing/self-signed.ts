import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate and its key, PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  readonly cert: string;
  issue(name: string): Certificate;
}

/** A certificate authority of one test; what it issues is valid for 127.0.0.0/8 names given as text. */
export function authority(name: string): Authority {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issue = (subject: string, key: KeyObject): string =>
    certificate({ issuer: name, subject, key, signer: privateKey });
  return {
    cert: issue(name, publicKey),
    issue: (subject) => {
      const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const key = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
      return { cert: issue(subject, pair.publicKey), key };
    },
  };
}

interface Wanted {
  readonly issuer: string;
  readonly subject: string;
  readonly key: KeyObject;
  readonly signer: KeyObject;
}

/** X.509 version 3 in DER (RFC 5280), as little of it as Node's TLS needs. */
function certificate({ issuer, subject, key, signer }: Wanted): string {
  const algorithm = sequence(objectId("2a8648ce3d040302"));
  const isAuthority = issuer === subject;
  const constraints = sequence(
    objectId("551d13"),
    octets(isAuthority ? sequence(tag(0x01, Buffer.from([255]))) : sequence()),
  );
  const content = sequence(
    tag(0xa0, tag(0x02, Buffer.from([2]))),
    tag(0x02, Buffer.from(subject).subarray(0, 16)),
    algorithm,
    distinguishedName(issuer),
    sequence(time("20200101000000Z"), time("20991231235959Z")),
    distinguishedName(subject),
    key.export({ type: "spki", format: "der" }),
    tag(0xa3, sequence(constraints)),
  );
  const signature = sign("sha256", content, signer);
  const whole = sequence(content, algorithm, tag(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function tag(number: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([number, ...lengthOf(body)]), body]);
}

function lengthOf({ length }: Buffer): readonly number[] {
  if (length < 128) return [length];
  return length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
}

const sequence = (...content: readonly Buffer[]): Buffer => tag(0x30, ...content);
const octets = (content: Buffer): Buffer => tag(0x04, content);
const objectId = (hex: string): Buffer => tag(0x06, Buffer.from(hex, "hex"));
const time = (text: string): Buffer => tag(0x18, Buffer.from(text));
const distinguishedName = (name: string): Buffer =>
  sequence(tag(0x31, sequence(objectId("550403"), tag(0x0c, Buffer.from(name)))));
