import type { PodSecurityContext, SecurityContext } from "kubernetes-types/core/v1";
import { DEFAULT_IMAGE } from "../default-image.ts";
import { int32, intOrString, listMap, map, object, objectName, oneOf, preserve, text } from "../schema/vocabulary.ts";

const amounts = (description: string) =>
  map(description, intOrString("A Kubernetes quantity, such as 500m, 1 or 2Gi.", { maxLength: 32 }), {
    maxProperties: 16,
  });

/** How the server's pod is made. */
export const podFields = {
  image: text(
    "Image of the DittoFS server. Name a version: a tag that moves would restart nothing and change the server at the next restart.",
    {
      minLength: 1,
      maxLength: 512,
      form: {
        pattern: "^[a-zA-Z0-9][-a-zA-Z0-9._:/@]*$",
        message: "must be an image reference such as marmos91c/dittofs:v0.29.0",
      },
    },
  ).default(DEFAULT_IMAGE),
  imagePullPolicy: oneOf("When the kubelet pulls the image. Left out, Kubernetes decides by the tag.", [
    "Always",
    "IfNotPresent",
    "Never",
  ]).exactOptional(),
  imagePullSecrets: listMap(
    "Secrets with registry credentials for the image.",
    ["name"],
    object("A Secret of type kubernetes.io/dockerconfigjson.", { name: objectName("Name of the Secret.") }),
    { maxItems: 16 },
  ).exactOptional(),
  resources: object(
    "CPU and memory of the server's container. A memory limit also sets the Go runtime's soft limit (GOMEMLIMIT) below it.",
    {
      requests: amounts("What the scheduler reserves, by resource name.").exactOptional(),
      limits: amounts("What the container may use at most, by resource name.").exactOptional(),
    },
  ).exactOptional(),
  terminationGracePeriodSeconds: int32(
    "Seconds the pod gets to stop. Left out, it is derived from config.shutdownTimeout: 5 + 3 x shutdownTimeout + 10.",
    { min: 18, max: 86_400 },
  ).exactOptional(),
  securityContext: preserve<SecurityContext>(
    "Container security context, merged field by field over the hardened default.",
    { maxProperties: 32 },
  ).exactOptional(),
  podSecurityContext: preserve<PodSecurityContext>(
    "Pod security context, merged field by field over the hardened default.",
    { maxProperties: 32 },
  ).exactOptional(),
};
