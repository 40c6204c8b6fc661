import { type RefusedCreation, refused } from "./refused-creation.ts";

const ingress = (fields: object) => ({ controlPlane: { ingress: { enabled: true, ...fields } } });

/** What the rules about ways to the server refuse. */
export const wrongExposure: readonly RefusedCreation[] = [
  refused(
    "an Ingress host in upper case",
    ingress({ host: "Files.example.com" }),
    "spec.controlPlane.ingress.host",
    "must be a host name in lower case, such as files.example.com",
  ),
  refused("an Ingress host that is a URL", ingress({ host: "https://files" }), "must be a host name in lower case"),
  refused(
    "an Ingress path that is none",
    ingress({ path: "files" }),
    "spec.controlPlane.ingress.path",
    "must be a path such as / or /files",
  ),
  refused("an Ingress path with two slashes", ingress({ path: "/a//b" }), "must be a path such as / or /files"),
  refused(
    "an Ingress class that no object can have",
    ingress({ className: "Public Class" }),
    "spec.controlPlane.ingress.className",
    "must be a Kubernetes name",
  ),
  refused(
    "an annotation of the Ingress whose name is none",
    ingress({ annotations: { "a b": "c" } }),
    "spec.controlPlane.ingress.annotations",
    "every key must be an annotation name",
  ),
];
