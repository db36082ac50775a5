import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './source-files.ts';

/** Made by the build that `npm test` begins with. */
export const listedLicenses = readFileSync(path.join(root, 'dist/third-party-licenses.txt'), 'utf8');

/** The packages that its contents give for a bundle: `chalk 5.6.2 (MIT)`. */
export function listedFor(bundle: 'dist/bundle' | 'dist/dashboard/page'): string[] {
  const [, contents = ''] = listedLicenses.split(`\n${bundle}:\n`);
  const [lines = ''] = contents.split('\n\n');
  return lines.split('\n').map((line) => line.trim());
}
