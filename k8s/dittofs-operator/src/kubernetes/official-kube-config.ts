// A file of its own, so that the bundler can leave the rest of the library out of the part that is loaded later.
export { KubeConfig } from "@kubernetes/client-node";
