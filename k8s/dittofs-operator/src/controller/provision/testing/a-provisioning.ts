import type { DittoServer } from "../../../api/ditto-server.ts";
import type { DittoFsAnswered, DittoFsSeen } from "../../../domain/dittofs-seen.ts";
import { aServer } from "../../../domain/testing/a-server.ts";
import { ManualClock } from "../../../runtime/manual-clock.ts";
import { type Provisioning, provisionDittoFs } from "../../provision.ts";
import type { PasswordRead } from "../pass.ts";
import { GivenSecrets } from "./given-secrets.ts";
import { InMemoryDittoFs } from "./in-memory-dittofs.ts";

export const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;

/** A DittoFS server, an operator's memory of it, and passes over it on a clock that moves only while a pass waits. */
export class AProvisioning extends GivenSecrets {
  readonly dittofs = new InMemoryDittoFs();
  readonly clock = new ManualClock();
  secret: PasswordRead = { kind: "present", password: "right-password" };
  secretReads = 0;

  /** One pass; time goes on in steps of a tenth of a second while it waits. */
  async pass(server: DittoServer, changes: Partial<Provisioning> = {}): Promise<DittoFsSeen> {
    const state = { isOver: false };
    const passing = provisionDittoFs({
      server,
      target: { host: "192.0.2.1", port: 8080 },
      readAdminPassword: async () => {
        this.secretReads += 1;
        return this.secret;
      },
      ...this.given(),
      dittofs: this.dittofs,
      clock: this.clock,
      signal: new AbortController().signal,
      ...changes,
    }).finally(() => {
      state.isOver = true;
    });
    passing.catch(() => undefined);
    await this.clock.advance(0);
    while (!state.isOver) await this.clock.advance(100);
    return await passing;
  }

  /** A pass that must get through to the server. */
  async answered(server: DittoServer): Promise<DittoFsAnswered> {
    const seen = await this.pass(server);
    if (seen.kind !== "answered") throw new Error(`the pass ended with ${JSON.stringify(seen)}`);
    return seen;
  }
}

/** Results by object, in short: `=` as wanted, `+ what` changed, `! message` failed. */
export function resultsOf({ outcomes }: DittoFsAnswered): Readonly<Record<string, string>> {
  return Object.fromEntries(
    outcomes.map(({ family, name, result }) => {
      if (result.kind === "asWanted") return [`${family} ${name}`, "="];
      return [`${family} ${name}`, result.kind === "changed" ? `+ ${result.what}` : `! ${result.message}`];
    }),
  );
}

export const withShares = (...names: readonly string[]): DittoServer =>
  aServer({ storage, shares: names.map((name) => ({ name })) });
