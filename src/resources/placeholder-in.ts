/** A part of an ID that documentation leaves to the reader to fill in: `<subid>`, `{resourceGroup}`. */
export function placeholderIn(segment: string | undefined): string | undefined {
  return /<[^<>]*>|\{[^{}]*\}/.exec(segment ?? '')?.[0];
}
