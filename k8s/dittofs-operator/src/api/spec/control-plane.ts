import { int32, object } from "../schema/vocabulary.ts";

/** The server's REST API. */
export const controlPlane = object("The server's REST API.", {
  port: int32("Port of the REST API, in the pod and on its Service.", { min: 1, max: 65_535 }).default(8080),
}).prefault({});
