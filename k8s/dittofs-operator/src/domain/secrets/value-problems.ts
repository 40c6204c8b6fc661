import type { MountedSecret } from "./mounted-secrets.ts";

type Problem = MountedSecret["problem"];

/** What a value would have to be, by what the server makes of it. */
export const valueProblems = {
  filled: ({ lengthBytes }) => (lengthBytes > 0 ? undefined : "must not be empty"),
  certificate: ({ form }) =>
    form?.kind === "pem" && form.certificateKeyDigest !== undefined ? undefined : "must be a certificate in PEM",
  /** That of the certificate beside it, under tls.crt. */
  privateKey: ({ form }, keys) => {
    if (form?.kind !== "pem" || form.privateKeyDigest === undefined) return "must be a private key in PEM";
    const certificate = keys.get("tls.crt")?.form;
    if (certificate?.kind !== "pem" || certificate.certificateKeyDigest === form.privateKeyDigest) return undefined;
    return "must be the private key of the certificate in tls.crt, and it is another one's";
  },
  keytab: ({ form }) => (form?.kind === "keytab" ? undefined : "must be a keytab with at least one key"),
} as const satisfies Readonly<Record<string, Problem>>;
