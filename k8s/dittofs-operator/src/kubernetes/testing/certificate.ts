import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A certificate and its key, as PEM. */
export type Certified = { readonly cert: string; readonly key: string };
export type Authority = Certified & { issue(name: string, addresses?: readonly string[]): Certified };

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

/** A certificate authority that lives as long as the test: no key ever lies in the repository. */
export function certificateAuthority(name: string): Authority {
  const own = keyPair();
  const basicConstraints = extension("2.5.29.19", sequence(tlv(0x01, Buffer.from([0xff]))), "critical");
  const certificateOf = (subject: string, pair: Pair, extensions: readonly Buffer[]): Certified => ({
    cert: pem("CERTIFICATE", certificate({ issuer: name, subject, pair, signer: own, extensions })),
    key: String(pair.privateKey.export({ type: "pkcs8", format: "pem" })),
  });
  return {
    ...certificateOf(name, own, [basicConstraints]),
    issue: (subject, addresses = ["127.0.0.1"]) => {
      const names = addresses.map((address) => tlv(0x87, Buffer.from(address.split(".").map(Number))));
      return certificateOf(subject, keyPair(), [extension("2.5.29.17", sequence(...names, tlv(0x82, text(subject))))]);
    },
  };
}

function keyPair(): Pair {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

/** RFC 5280, with nothing optional but the extensions. */
function certificate(parts: {
  readonly issuer: string;
  readonly subject: string;
  readonly pair: Pair;
  readonly signer: Pair;
  readonly extensions: readonly Buffer[];
}): Buffer {
  const algorithm = sequence(objectId("1.2.840.10045.4.3.2"));
  const signed = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1, ...randomBytes(4)])),
    algorithm,
    distinguishedName(parts.issuer),
    sequence(tlv(0x18, text("20200101000000Z")), tlv(0x18, text("21000101000000Z"))),
    distinguishedName(parts.subject),
    parts.pair.publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(...parts.extensions)),
  );
  return sequence(signed, algorithm, tlv(0x03, Buffer.from([0]), sign("sha256", signed, parts.signer.privateKey)));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(tlv(0x31, sequence(objectId("2.5.4.3"), tlv(0x0c, text(commonName)))));
}

function extension(id: string, value: Buffer, critical?: "critical"): Buffer {
  const mark = critical === undefined ? [] : [tlv(0x01, Buffer.from([0xff]))];
  return sequence(objectId(id), ...mark, tlv(0x04, value));
}

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = rest.flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tlv(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tlv(0x30, ...parts);
}

/** One DER element: tag, length, value. */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), value]);
}

function text(value: string): Buffer {
  return Buffer.from(value, "latin1");
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
