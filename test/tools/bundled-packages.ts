import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'rolldown';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its manifest says: `MIT`. */
  readonly license: string;
  readonly texts: readonly LicenseText[];
}

export interface LicenseText {
  /** Path inside the package: `LICENSE`. */
  readonly file: string;
  readonly text: string;
}

/** Notes the modules of which something is left in what a bundler writes. For rolldown and Vite. */
export function gatherModules(modules: Set<string>): Plugin {
  return {
    name: 'gather-modules',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type === 'asset') continue;
        const kept = Object.entries(output.modules).filter(([, { renderedLength }]) => renderedLength > 0);
        for (const [id] of kept) modules.add(id);
      }
    },
  };
}

/** The packages that modules belong to, by name. A package that does not say under which licence it comes is an error. */
export function findBundledPackages(modules: Iterable<string>, root: string): BundledPackage[] {
  const foldersOf = new Map<string, Set<string>>();
  for (const id of modules) {
    const owner = packageFolderOf(id, root);
    if (owner === undefined) continue;
    const folders = foldersOf.get(owner) ?? new Set([owner]);
    for (const folder of foldersBetween(owner, id)) folders.add(folder);
    foldersOf.set(owner, folders);
  }
  return [...foldersOf].map(([owner, folders]) => describe(owner, folders)).sort(byNameThenVersion);
}

/** Undefined for our own code. */
function packageFolderOf(id: string, root: string): string | undefined {
  // `\0rolldown/runtime.js` is what a bundler adds of its own.
  const adder = /^\0((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
  if (adder !== undefined && existsSync(path.join(root, 'node_modules', adder))) {
    return path.join(root, 'node_modules', adder);
  }
  const place = path.relative(root, id).replaceAll(path.sep, '/');
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(place)?.[0];
  if (folder !== undefined) return path.join(root, folder);
  if (id.startsWith('\0') || place.startsWith('..')) throw new Error(`Whose code is the module '${id}'?`);
  return undefined;
}

/** Parts that a package took from elsewhere have licences of their own, which lie beside them. */
function foldersBetween(owner: string, id: string): string[] {
  const folders: string[] = [];
  for (let folder = path.dirname(id); folder.startsWith(owner + path.sep); folder = path.dirname(folder)) {
    folders.push(folder);
  }
  return folders;
}

const licenseFile = /^(?:licen[cs]e|copying)(?:-[\w-]+)?(?:\.(?:md|txt))?$/i;
const noticeFile = /^(?:notices?|third-party-(?:licen[cs]es?|notices?))(?:\.(?:md|txt))?$/i;

function describe(owner: string, folders: ReadonlySet<string>): BundledPackage {
  const manifest: Readonly<Record<string, unknown>> = JSON.parse(read(path.join(owner, 'package.json')));
  const [name, version, license] = [manifest['name'], manifest['version'], manifest['license']];
  if (typeof name !== 'string' || typeof version !== 'string') throw new Error(`${owner} holds no package.`);
  if (typeof license !== 'string') throw new Error(`${name} ${version} is bundled and does not name its licence.`);
  if (!readdirSync(owner).some((file) => licenseFile.test(file))) {
    throw new Error(`${name} ${version} is bundled and comes without the text of its licence (${license}).`);
  }
  const files = [...folders].sort().flatMap((folder) => {
    const found = readdirSync(folder).filter((file) => licenseFile.test(file) || noticeFile.test(file));
    return found.sort().map((file) => path.join(folder, file));
  });
  const texts = files.map((file) => ({ file: path.relative(owner, file).replaceAll(path.sep, '/'), text: read(file) }));
  return { name, version, license, texts };
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

function byNameThenVersion(a: BundledPackage, b: BundledPackage): number {
  const [first, second] = [`${a.name} ${a.version}`, `${b.name} ${b.version}`];
  return first < second ? -1 : Number(first > second);
}
