/**
 * One result of the server's own checks. It is cached for five seconds, so a report may be older than the object's last
 * change: `checkedAtMs` (milliseconds since the epoch, the server's clock) tells.
 */
export type DittoFsHealth = {
  readonly status: "healthy" | "degraded" | "unhealthy" | "unknown" | "disabled";
  readonly message: string;
  readonly checkedAtMs?: number;
};
