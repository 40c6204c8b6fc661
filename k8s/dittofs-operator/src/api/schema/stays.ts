/**
 * CEL that is true while an optional text keeps its value, where left out means `absent` (a CEL expression). Spelled out,
 * because the API server does not see through `orValue` and then prices the comparison as that of two endless texts.
 */
export function stays(field: string, absent: string): string {
  const [now, before] = [`self.${field}`, `oldSelf.${field}`];
  return `has(${now}) ? ${now} == (has(${before}) ? ${before} : ${absent}) : (!has(${before}) || ${before} == ${absent})`;
}
