import { readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { SourceText } from '../base/span.ts';
import type { LinkedDocument, LinkedTemplates, TemplateLink } from '../template/nested/linked-templates.ts';
import { readJson } from '../template/read-json.ts';

/** A folder that stands for all addresses that begin with a prefix. */
export interface LinkMapping {
  /** Beginning of a `templateLink.uri`, or of a template spec's ID. */
  readonly prefix: string;
  readonly folder: string;
}

/**
 * Finds linked templates on disk: by `relativePath` from the template that links them, by `uri` through the mappings
 * or, when none is for it, as the file of the same name in the main template's folder.
 *
 * @param template path of the main template, which is no answer to a link by name: most templates are called the same
 * @param sources gets every text that is read, because findings may point into it
 */
export function linkedFiles(
  template: string,
  mappings: readonly LinkMapping[],
  sources: Map<string, SourceText>,
): LinkedTemplates {
  const folder = dirname(template);
  const main = resolve(template);
  const longestFirst = [...mappings].sort((a, b) => b.prefix.length - a.prefix.length);
  const open = [folder, process.cwd(), ...mappings.map((mapping) => mapping.folder)];
  return {
    find(link) {
      const candidates = candidatePaths(link, folder, longestFirst, main);
      for (const path of candidates) {
        if (!isBelowAny(open, path)) continue;
        const text = readIfThere(path);
        if (text !== undefined) return linkedDocument(path, text, sources);
      }
      return { hint: hintFor(link, candidates, { open, isMapped: mappedPaths(link, mappings).length > 0 }) };
    },
  };
}

/**
 * Whether a file is in one of the folders that a template may read from, links in the file system followed. A finding
 * shows what is wrong in a file: a template could have any file of the user's shown in a pipeline's log.
 */
function isBelowAny(folders: readonly string[], path: string): boolean {
  const real = realPath(path);
  if (real === undefined) return false;
  return folders.some((folder) => {
    const realFolder = realPath(folder);
    return realFolder !== undefined && isBelow(realFolder, real);
  });
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    // Not there: there is nothing to read.
    return undefined;
  }
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}

function candidatePaths(
  link: TemplateLink,
  folder: string,
  mappings: readonly LinkMapping[],
  main: string,
): readonly string[] {
  if (link.relativePath !== undefined) return [resolve(dirname(link.from), link.relativePath)];
  const mapped = mappedPaths(link, mappings);
  // Who says where an address leads means no other file that happens to be called the same.
  if (mapped.length > 0) return mapped.filter((path) => path !== undefined);
  // The address need not exist yet: most templates are linked from where their own folder will be uploaded to.
  const tails =
    link.uri === undefined ? [] : trailingPaths(bareAddress(link.uri)).map((tail) => insideOf(folder, tail));
  return tails.filter((path) => path !== undefined).filter((path) => path !== main);
}

/** Where the mappings lead to; undefined for a way out of the folder. */
function mappedPaths(link: TemplateLink, mappings: readonly LinkMapping[]): readonly (string | undefined)[] {
  const address = bareAddress(link.uri ?? link.id ?? '');
  return mappings.flatMap(({ prefix, folder }) =>
    address.toLowerCase().startsWith(prefix.toLowerCase()) ? [insideOf(folder, address.slice(prefix.length))] : [],
  );
}

function bareAddress(address: string): string {
  return address.split(/[?#]/)[0] ?? address;
}

/** `https://host/a/b/c.json` → `a/b/c.json`, `b/c.json`, `c.json`. */
function trailingPaths(uri: string): readonly string[] {
  const segments = uri
    .replace(/^[a-z]+:\/\/[^/]*/i, '')
    .split('/')
    .filter((segment) => segment !== '');
  return segments.map((_, index) => segments.slice(index).join('/'));
}

/** A template must not read files outside of the folder that was meant for it. */
function insideOf(folder: string, path: string): string | undefined {
  const base = resolve(folder);
  const full = resolve(base, decodePath(path).replace(/^\/+/, ''));
  return isBelow(base, full) ? full : undefined;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Not percent-encoded after all; the file may really be called so.
    return path;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Missing, a folder, or not readable: for the template it is not there, and the finding says where it was sought.
    return undefined;
  }
}

function linkedDocument(path: string, text: string, sources: Map<string, SourceText>): LinkedDocument {
  const shown = relative(process.cwd(), path);
  const source = new SourceText(shown.startsWith('..') ? path : shown, text);
  sources.set(source.name, source);
  const { value, diagnostics } = readJson(source);
  return { value, diagnostics, location: path };
}

function hintFor(
  link: TemplateLink,
  candidates: readonly string[],
  { open, isMapped }: { readonly open: readonly string[]; readonly isMapped: boolean },
): string {
  if (link.relativePath !== undefined) {
    const isOutside = candidates.every((path) => !open.some((folder) => isBelow(resolve(folder), path)));
    if (!isOutside) return `Looked for ${candidates[0]}.`;
    return `${candidates[0]} is outside of the template's folder and of the working directory, and is not read.`;
  }
  if (isMapped && candidates.length > 0) return `Looked for ${candidates.join(' and ')}.`;
  if (link.id !== undefined) return `Give the template spec's folder with --linked '${link.id}=<folder>'.`;
  const prefix = (link.uri ?? '').replace(/[^/]*$/, '');
  return `Give the folder in which it lies with --linked '${prefix}=<folder>'.`;
}
