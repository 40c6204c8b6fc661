const plainName = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Where a field stands, for people: `spec.template.metadata.labels["app.kubernetes.io/name"]`. Names only, no values. */
export function fieldPath(parent: string, field: string): string {
  if (!plainName.test(field)) return `${parent}[${JSON.stringify(field)}]`;
  return parent === "" ? field : `${parent}.${field}`;
}

/** An item of a list that is found by its key fields: `spec.ports[port=80,protocol=TCP]`. */
export function itemPath(parent: string, key: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(key).map(([field, value]) => `${field}=${String(value)}`);
  return `${parent}[${fields.join(",")}]`;
}
