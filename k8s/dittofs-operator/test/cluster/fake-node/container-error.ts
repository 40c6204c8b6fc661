/** Why a container does not run, with the kubelet's reason for its status. */
export class ContainerError extends Error {
  override readonly name = "ContainerError";
  readonly reason: "CreateContainerConfigError" | "CrashLoopBackOff";

  constructor(reason: ContainerError["reason"], message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}
