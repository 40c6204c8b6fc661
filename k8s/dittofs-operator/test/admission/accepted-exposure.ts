import type { AcceptedCreation } from "./accepted-creations.ts";

const row = (because: string, spec: unknown): AcceptedCreation => ({ because, spec });

/** Ways to the server at the edge of what is allowed. */
export const acceptedExposure: readonly AcceptedCreation[] = [
  row("an Ingress that is only switched on", { controlPlane: { ingress: { enabled: true } } }),
  row("an Ingress with all that it can have", {
    controlPlane: {
      ingress: {
        enabled: true,
        className: "public.nginx",
        host: "files.example.com",
        path: "/api/v1/",
        tlsSecretName: "api-tls",
        annotations: { "nginx.ingress.kubernetes.io/backend-protocol": "HTTPS" },
      },
    },
  }),
];
