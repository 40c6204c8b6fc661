import * as z from "zod/mini";
import type { DittoFsAnswer, DittoFsApi } from "../outside.ts";
import { publicText } from "./public-text.ts";
import type { Rest } from "./rest.ts";
import { anything, listOf } from "./schemas.ts";

type IdentityCalls =
  | "identityProvider"
  | "putIdentityProvider"
  | "testIdentityProvider"
  | "identityMappings"
  | "createIdentityMapping"
  | "removeIdentityMapping";

const settings = z.record(z.string(), z.unknown());
const testResult = z.object({ ok: z.boolean(), stage: z.optional(z.string()), message: z.optional(z.string()) });
const mapping = z.pipe(
  z.object({ principal: z.string(), username: z.string() }),
  z.transform(({ principal, username }) => ({ principal, user: username })),
);

export function identityCalls(call: Rest): Pick<DittoFsApi, IdentityCalls> {
  return {
    identityProvider: (type, signal) =>
      call({ method: "GET", path: `${providerPath(type)}/config`, schema: settings, signal }),
    putIdentityProvider: ({ type, settings: body, secret }, signal) =>
      call({
        method: "PUT",
        path: `${providerPath(type)}/config`,
        body: withSecret(type, body, secret),
        secrets: secret === undefined ? [] : [secret],
        schema: anything,
        signal,
      }),
    testIdentityProvider: async ({ type, settings: body }, signal) => {
      const path = `${providerPath(type)}/test`;
      return testAnswer(`POST ${path}`, await call({ method: "POST", path, body, schema: testResult, signal }));
    },
    identityMappings: (signal) =>
      call({ method: "GET", path: `${mappingsPath}?provider=kerberos`, schema: listOf(mapping), isList: true, signal }),
    createIdentityMapping: ({ principal, user }, signal) =>
      call({
        method: "POST",
        path: mappingsPath,
        body: { provider_name: "kerberos", principal, username: user },
        schema: anything,
        signal,
      }),
    removeIdentityMapping: ({ principal }, signal) =>
      call({
        method: "DELETE",
        path: `${mappingsPath}/by-provider/kerberos/${encodeURIComponent(principal)}`,
        schema: anything,
        signal,
      }),
  };
}

const mappingsPath = "/api/v1/identity-mappings";

function providerPath(type: string): string {
  return `/api/v1/identity-providers/${type}`;
}

function withSecret(
  type: "ldap" | "kerberos",
  body: Readonly<Record<string, unknown>>,
  secret: string | undefined,
): Readonly<Record<string, unknown>> {
  if (secret === undefined) return body;
  if (type === "ldap") return { ...body, bind_password: secret };
  return { ...body, machine_account: { ...Object(body["machine_account"]), secret } };
}

/** A test that failed is answered with 200; for a caller it is as good as a refusal. */
function testAnswer(request: string, answer: DittoFsAnswer<z.infer<typeof testResult>>): DittoFsAnswer<unknown> {
  if (answer.code !== "ok" || answer.value.ok) return answer;
  const { stage = "test", message = "failed" } = answer.value;
  return { code: "badRequest", request, status: 200, detail: publicText(`${stage}: ${message}`) };
}
