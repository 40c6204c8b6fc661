import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { adminPassword, doubleFor } from "../double/fresh-double.ts";
import { dittoFsClient } from "../src/dittofs/dittofs-client.ts";
import { certificateAuthority } from "../src/kubernetes/testing/certificate.ts";
import type { DittoFsTls } from "../src/outside/dittofs-target.ts";
import { systemClock } from "../src/runtime/system-clock.ts";

const authority = certificateAuthority("the company");
const stranger = certificateAuthority("somebody else");
const serverNames = ["files-api.default.svc", "files-api.default.svc.cluster.local"];

/** A server with a certificate for `name`, and what it says to a login by the client's words. */
async function aServer(t: Parameters<typeof doubleFor>[0], name: string, asksForCertificates = false) {
  const fresh = await doubleFor(t);
  const { cert, key } = authority.issue(name);
  const file = (title: string, content: string): string => {
    writeFileSync(`${fresh.folder}/${title}`, content);
    return `${fresh.folder}/${title}`;
  };
  const tls = {
    cert_file: file("tls.crt", cert),
    key_file: file("tls.key", key),
    ...(asksForCertificates && { client_ca: file("ca.crt", authority.cert) }),
  };
  const config = Object(fresh.options.config);
  await fresh.restart({ config: { ...config, controlplane: { ...config.controlplane, tls } } });
  const { hostname, port } = new URL(fresh.double.url);
  return async (trust?: DittoFsTls): Promise<string> => {
    const answer = await dittoFsClient(systemClock).login(
      { host: hostname, port: Number(port), ...(trust && { tls: trust }) },
      { username: "admin", password: adminPassword },
      AbortSignal.timeout(10_000),
    );
    return answer.code === "ok" ? "ok" : answer.detail;
  };
}

const trusting = (changes: Partial<DittoFsTls> = {}): DittoFsTls => ({
  serverNames,
  authorities: [authority.cert],
  ...changes,
});

describe("a server whose certificate is for a name of its Service", () => {
  const rows = [
    { tls: trusting(), says: /^ok$/, because: "the authority has signed it" },
    {
      tls: trusting({ authorities: [stranger.cert, authority.cert] }),
      says: /^ok$/,
      because: "one of two authorities has",
    },
    {
      tls: trusting({ authorities: [stranger.cert] }),
      says: /trusted has signed|another authority/,
      because: "another one has",
    },
    { tls: trusting({ authorities: [] }), says: /trusted has signed/, because: "nobody knows the authority" },
  ];
  for (const { tls, says, because } of rows) {
    test(`answers ${String(says)}, because ${because}`, async (t) => {
      const login = await aServer(t, "files-api.default.svc.cluster.local");
      assert.match(await login(tls), says);
    });
  }
});

test("a server that speaks TLS is not called in clear", async (t) => {
  const login = await aServer(t, "files-api.default.svc");
  assert.notEqual(await login(), "ok");
});

test("a certificate for another name is not taken, although the authority has signed it", async (t) => {
  const login = await aServer(t, "other-api.default.svc");
  assert.match(await login(trusting()), /is not for its Service's name/);
});

test("a server that asks for a certificate lets in who presents one of its authority, and nobody else", async (t) => {
  const login = await aServer(t, "files-api.default.svc", true);
  const own = authority.issue("operator");
  assert.equal(await login(trusting({ client: { certificate: own.cert, key: own.key } })), "ok");
  assert.match(await login(trusting()), /asks for a certificate of the operator/);
  const other = stranger.issue("operator");
  const said = await login(trusting({ client: { certificate: other.cert, key: other.key } }));
  assert.match(said, /cut off|does not trust|does not take/);
});
