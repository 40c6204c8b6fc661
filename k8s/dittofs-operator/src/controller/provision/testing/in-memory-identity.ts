import type {
  DittoFsIdentityMapping,
  DittoFsIdentityProvider,
  DittoFsProviderSettings,
} from "../../../outside/dittofs-identity.ts";
import type { DittoFsAnswer, DittoFsFailure } from "../../../outside.ts";

/** The directories, domains and mappings of a DittoFS server without a network. Each write answers why it is refused. */
export class InMemoryIdentity {
  readonly #providers = new Map<string, DittoFsProviderSettings>();
  mappings: DittoFsIdentityMapping[] = [];

  shown(type: string, notFound: DittoFsFailure): DittoFsAnswer<DittoFsProviderSettings> {
    const value = this.#providers.get(type);
    return value === undefined ? notFound : { code: "ok", value };
  }

  put({ type, settings }: DittoFsIdentityProvider): undefined {
    this.#providers.set(type, settings);
  }

  map(mapping: DittoFsIdentityMapping, conflict: DittoFsFailure): DittoFsFailure | undefined {
    if (this.mappings.some(({ principal }) => principal === mapping.principal)) return conflict;
    this.mappings.push(mapping);
    return undefined;
  }

  unmap({ principal }: Pick<DittoFsIdentityMapping, "principal">): undefined {
    this.mappings = this.mappings.filter((mapping) => mapping.principal !== principal);
  }
}
