/** Reads a body to its end; null as soon as it is larger than it may be. */
export async function readLimited(
  body: AsyncIterable<Uint8Array> | null,
  maximumBytes: number,
): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > maximumBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}
