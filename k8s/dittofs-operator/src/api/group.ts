/** The API group of the custom resource; also the prefix of every label, annotation and finalizer that is the operator's own. */
export const GROUP = "dittofs.dittofs.com";
/** The one version that is served and stored. */
export const VERSION = "v1alpha1";
/** `apiVersion` of every DittoServer. */
export const API_VERSION = `${GROUP}/${VERSION}` as const;
/** `kind` of every DittoServer. */
export const KIND = "DittoServer";
/** How the kind stands in paths, in roles and on the command line. */
export const PLURAL = "dittoservers";
export const SINGULAR = "dittoserver";
export const SHORT_NAMES = ["dittofs", "ditto"] as const;

/** Holds a DittoServer until the operator has carried out its deletion policy. */
export const FINALIZER = `${GROUP}/finalizer` as const;

/** Server-side apply field manager of every child object. */
export const FIELD_MANAGER = "dittofs-operator";
/** Field manager of the status, so that the status never owns a field of a child. */
export const STATUS_FIELD_MANAGER = "dittofs-operator-status";

/** Field manager of the size of volume claims, which the StatefulSet controller makes and somebody else may label. */
export const VOLUME_FIELD_MANAGER = "dittofs-operator-volumes";

/** Where the server's portmapper listens, and where clients look for one. */
export const PORTMAPPER_CONTAINER_PORT = 10_111;
export const PORTMAPPER_PORT = 111;

/** Set by users; each new value restarts the file server once. */
export const RESTARTED_AT_ANNOTATION = `${GROUP}/restarted-at` as const;
/** Set by users; each new value renews the generated passwords and the signing secret once. */
export const ROTATE_ANNOTATION = `${GROUP}/rotate-credentials` as const;
/** On a generated Secret: which of these values it was renewed for last. */
export const ROTATED_ANNOTATION = `${GROUP}/rotated` as const;
/** Store that a share uses when it names none; the operator makes it on the volumes that exist. */
export const DEFAULT_STORE = "default";
/** Local store on the cache volume of new shares that upload and name none, where there is a content volume too. */
export const CACHE_STORE = "default-cache";
/** Size of the control-plane volume when the spec gives none and SQLite is persistent. */
export const DEFAULT_CONTROL_PLANE_SIZE = "1Gi";
/** Longest name of a DittoServer: the StatefulSet's revision label adds 11 characters and may have 63. */
export const MAX_NAME_LENGTH = 52;
/** Groups that every DittoFS server makes at its first start. */
export const BUILT_IN_GROUPS = [
  { name: "admins", gid: 0 },
  { name: "operators", gid: 999 },
  { name: "users", gid: 1000 },
] as const;
