import type { SourceText } from '../base/span.ts';
import type { Value } from '../template/value.ts';
import type { OpenPfx } from './open-pfx.ts';

/**
 * What opens the certificates of a document; undefined for one that holds none, so that reading certificates, which
 * takes long to load, costs only those who have them.
 */
export async function pfxOpenerFor(document: SourceText | Value): Promise<OpenPfx | undefined> {
  if (!('kind' in document) && !/"(data|password)"/i.test(document.text)) return undefined;
  const { openPfxWithForge } = await import('./open-pfx-with-forge.ts');
  return openPfxWithForge;
}
