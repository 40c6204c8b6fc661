import assert from "node:assert/strict";
import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { get as httpGet } from "node:http";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { type ConnectionOptions, connect } from "node:tls";
import { doubleFor, type FreshDouble } from "../fresh-double.ts";
import { authority, type Certificate } from "../testing/self-signed.ts";

const ca = authority("ca");

/** Writes certificate and key as files of a given age; a newer pair has a higher number. */
function put(folder: string, { cert, key }: Partial<Certificate>, age: number): void {
  for (const [name, content] of [
    ["tls.crt", cert],
    ["tls.key", key],
  ] as const) {
    // the files by name
    if (content === undefined) continue;
    writeFileSync(`${folder}/${name}`, content);
    utimesSync(`${folder}/${name}`, 1_700_000_000 + age, 1_700_000_000 + age);
  }
}

async function secured(t: Parameters<typeof doubleFor>[0], tls: object = {}): Promise<FreshDouble> {
  const fresh = await doubleFor(t);
  put(fresh.folder, ca.issue("one"), 0);
  writeFileSync(`${fresh.folder}/ca.crt`, ca.cert);
  const files = { cert_file: `${fresh.folder}/tls.crt`, key_file: `${fresh.folder}/tls.key`, ...tls };
  const config = Object(fresh.options.config);
  await fresh.restart({ config: { ...config, controlplane: { ...config.controlplane, tls: files } } });
  return fresh;
}

/** The name in the server's certificate, or the code of the error; with TLS 1.3 a refusal shows only at the first answer. */
function handshake(fresh: FreshDouble, options: ConnectionOptions = {}): Promise<string> {
  const { hostname, port } = new URL(fresh.double.url);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname,
      port: Number(port),
      ca: ca.cert,
      checkServerIdentity: () => undefined,
      ...options,
    });
    socket.once("error", (error) => resolve("code" in error ? String(error.code) : error.message));
    socket.once("close", () => resolve("closed"));
    socket.once("secureConnect", () => socket.write("GET /health HTTP/1.1\r\nhost: x\r\n\r\n"));
    socket.once("data", () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
  });
}

test("with a certificate the API is HTTPS, and plain HTTP is told so", async (t) => {
  const fresh = await secured(t);
  assert.match(fresh.double.url, /^https:/);
  assert.equal(await handshake(fresh), "one");
  const reply = await new Promise<readonly [number | undefined, string]>((resolve) => {
    httpGet(fresh.double.url.replace("https", "http"), (response) => {
      void text(response).then((body) => resolve([response.statusCode, body]));
    });
  });
  assert.deepEqual(reply, [400, "Client sent an HTTP request to an HTTPS server.\n"]);
});

test("a renewed certificate is served in the next handshake; what does not fit or is gone changes nothing", async (t) => {
  const fresh = await secured(t);
  const two = ca.issue("two");
  put(fresh.folder, { key: two.key }, 60);
  assert.equal(await handshake(fresh), "one", "the key alone does not fit");
  put(fresh.folder, { cert: two.cert }, 60);
  assert.equal(await handshake(fresh), "two");
  put(fresh.folder, ca.issue("three"), 30);
  assert.equal(await handshake(fresh), "two", "older files are not looked at");
  rmSync(`${fresh.folder}/tls.crt`);
  assert.equal(await handshake(fresh), "two", "the file is gone");
});

test("with a client CA nobody gets through without a certificate of it, not even to the health page", async (t) => {
  const folder = (await doubleFor(t)).folder;
  writeFileSync(`${folder}/ca.crt`, ca.cert);
  const fresh = await secured(t, { client_ca: `${folder}/ca.crt` });
  assert.match(await handshake(fresh), /closed|ECONNRESET|CERTIFICATE_REQUIRED/);
  assert.match(await handshake(fresh, authority("stranger").issue("x")), /closed|ECONNRESET|UNKNOWN_CA|ALERT/);
  assert.equal(await handshake(fresh, ca.issue("client")), "one");
});

test("the least TLS version is kept", async (t) => {
  const fresh = await secured(t, { min_version: "1.3" });
  assert.match(await handshake(fresh, { maxVersion: "TLSv1.2" }), /VERSION/);
  assert.equal(await handshake(fresh), "one");
});

test("a certificate that is missing or does not fit its key ends the start", async (t) => {
  const fresh = await secured(t);
  put(fresh.folder, { key: ca.issue("two").key }, 60);
  await assert.rejects(fresh.restart(), /no certificate and its key/);
  rmSync(`${fresh.folder}/tls.key`);
  await assert.rejects(fresh.restart(), /cannot read .*tls\.key/);
});
