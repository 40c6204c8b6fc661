import type { PersistentVolumeClaim } from "kubernetes-types/core/v1";
import type { StorageClass } from "kubernetes-types/storage/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { claimName } from "../names.ts";
import { canonicalQuantity, quantity } from "../quantity.ts";
import { storageClass } from "./storage-class.ts";
import { type DataVolume, dataVolumes, wantedClassName } from "./volumes.ts";

/** A volume that the spec asks for, beside what is there of it. */
export type WantedVolume = {
  readonly name: string;
  readonly claimName: string;
  readonly size: string;
  /** What the spec asks for; a claim that is there keeps its own. */
  readonly className: string | undefined;
  readonly classField: DataVolume["classField"];
  /** Absent: it is still to be made. */
  readonly claim: PersistentVolumeClaim | undefined;
  /** The class that makes it, or that made it; undefined also while that does not exist. */
  readonly storageClass: StorageClass | undefined;
};

type Inputs = {
  readonly server: DittoServer;
  readonly claims: readonly PersistentVolumeClaim[];
  readonly storageClasses: readonly StorageClass[] | undefined;
};

export function wantedVolumes({ server, claims, storageClasses }: Inputs): readonly WantedVolume[] {
  return dataVolumes.flatMap((volume) => {
    const size = volume.size(server);
    if (size === undefined) return [];
    const name = claimName(server, volume.name);
    const claim = claims.find(({ metadata }) => metadata?.name === name);
    const className = wantedClassName(server, volume);
    const { classField } = volume;
    const wanted = { name: volume.name, claimName: name, size: canonicalQuantity(size), className, classField, claim };
    const nameNow = claim === undefined ? className : claim.spec?.storageClassName;
    return [{ ...wanted, storageClass: storageClass(nameNow, storageClasses) }];
  });
}

export function isBound({ claim }: WantedVolume): boolean {
  return claim?.status?.phase === "Bound";
}

/** The size that a claim, or a claim template, asks for. */
export function requestedSize(claim: PersistentVolumeClaim): string {
  return claim.spec?.resources?.requests?.["storage"] ?? "0";
}

export function isSmaller(size: string, other: string): boolean {
  return quantity(size).nanos < quantity(other).nanos;
}

/** A bound volume of less than its wanted size: it can grow only through its claim. */
export function isTooSmall(volume: WantedVolume): boolean {
  return volume.claim !== undefined && isBound(volume) && isSmaller(requestedSize(volume.claim), volume.size);
}
