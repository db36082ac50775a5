import { openPfx } from '../certificates/open-pfx.ts';
import type { OpenedPfx } from './open-pfx.ts';

/** Opens PFX files for rules, which have no business with the key itself. */
export function openPfxWithForge(data: string, password: string): OpenedPfx {
  const opened = openPfx(data, password);
  if (opened.kind !== 'opened') return opened;
  return { kind: 'opened', hasPrivateKey: opened.keyPem !== null, certificates: opened.certificates };
}
