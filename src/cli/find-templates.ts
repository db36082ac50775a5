import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EmulatorError } from '../base/errors.ts';
import { looksLikeTemplate } from '../input/looks-like-template.ts';
import { readSource } from '../input/read-source.ts';
import { matchesGlob } from '../lint/glob.ts';

/**
 * The files that are meant by what was typed: files as they are, whatever they hold; of folders and patterns, what is a
 * template or a gateway. Shells that know no `**` pass patterns on as they are, and Node.js finds files by pattern from
 * version 22 on only.
 *
 * @throws EmulatorError `FileUnreadable` when a folder or a pattern has no template
 */
export async function findTemplates(typed: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const name of typed) {
    for (const path of await templatesOf(name)) found.add(path);
  }
  return [...found];
}

async function templatesOf(name: string): Promise<readonly string[]> {
  if (name === '-') return [name];
  const status = await stat(name).catch(() => undefined);
  if (status?.isDirectory()) return orFault(await keepTemplates(await filesBelow(name)), `the folder '${name}'`);
  if (status !== undefined || !/[*?]/.test(name)) return [name];
  const files = await filesBelow(folderOf(name));
  return orFault(await keepTemplates(files.filter((file) => matchesGlob(anchored(name), file))), `'${name}'`);
}

function orFault(templates: readonly string[], where: string): readonly string[] {
  if (templates.length > 0) return templates;
  throw new EmulatorError('FileUnreadable', `There is no template in ${where}.`, {
    hint: 'ARM templates and gateways in .json files, and .bicep files, are looked for.',
  });
}

/** The folders of a pattern before the first that has a wildcard. */
function folderOf(pattern: string): string {
  const folders = pattern.split('/').slice(0, -1);
  const wild = folders.findIndex((folder) => /[*?]/.test(folder));
  const fixed = folders.slice(0, wild === -1 ? folders.length : wild).join('/');
  return fixed === '' && pattern.startsWith('/') ? '/' : fixed || '.';
}

/** A pattern without a slash means this folder, not every folder below. */
function anchored(pattern: string): string {
  return pattern.includes('/') ? pattern : `./${pattern}`;
}

/** All files in a folder and below, but for hidden ones and what was installed. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(path)));
    else if (entry.isFile()) files.push(path);
  }
  return files;
}

async function keepTemplates(files: readonly string[]): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const file of files) {
    if (/\.bicep$/i.test(file)) kept.push(file);
    else if (/\.json$/i.test(file) && looksLikeTemplate(await readSource(file))) kept.push(file);
  }
  return kept;
}
