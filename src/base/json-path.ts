/** One step into a JSON document: a member name or an array index. */
export type PathSegment = string | number;

/** `['properties', 'httpListeners', 0, 'name']` → `properties.httpListeners[0].name`, the form Azure's errors use. */
export function renderPath(segments: readonly PathSegment[]): string {
  let text = '';
  for (const segment of segments) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `['${segment}']`;
  }
  return text;
}
