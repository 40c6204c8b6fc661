/** What the environment of `make demo` asks for. */
export type DemoOptions = {
  /** `lab`: a cluster that the demo makes and ends. `current`: the one of the kubeconfig. */
  readonly cluster: "lab" | "current";
  readonly keeps: boolean;
  /** The file server's image where it is not the operator's default. */
  readonly image: string | undefined;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads CLUSTER, KEEP and IMAGE; throws with a sentence that says what a variable takes. */
export function demoOptions({ CLUSTER = "lab", KEEP = "", IMAGE = "" }: Environment): DemoOptions {
  const cluster = CLUSTER === "" ? "lab" : CLUSTER;
  if (cluster !== "lab" && cluster !== "current") {
    throw new Error(`CLUSTER takes "current" (your kubeconfig's cluster) or nothing; it got "${cluster}"`);
  }
  if (!["", "0", "1"].includes(KEEP)) throw new Error(`KEEP takes 1 or nothing; it got "${KEEP}"`);
  if (IMAGE !== "" && cluster === "lab") {
    throw new Error("IMAGE goes with CLUSTER=current: the lab has no way to a registry and runs the DittoFS double");
  }
  return { cluster, keeps: KEEP === "1", image: IMAGE === "" ? undefined : IMAGE };
}
