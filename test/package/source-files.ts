import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** Path from the repository root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly ImportedModule[];
}

export interface ImportedModule {
  /** As written: `../base/span.ts`, `node:fs`, `ajv/dist/2020.js`. */
  readonly specifier: string;
  /** Gone after compilation. */
  readonly isTypeOnly: boolean;
  /** `import('…')`, done when the code comes to it. */
  readonly isDynamic: boolean;
}

/** Every TypeScript file under a folder of the repository. */
export async function readSourceFiles(folder: string): Promise<SourceFile[]> {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
  return Promise.all(
    files.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const text = await readFile(file, 'utf8');
      return { path: path.relative(root, file).replaceAll('\\', '/'), text, imports: readImports(text) };
    }),
  );
}

const importStatement = /^(?:import|export)\s+(type\s+)?(?:[\w$*{}\s,]+?\s+from\s+)?'([^']+)'/gm;
const dynamicImport = /\bimport\('([^']+)'\)/g;

/** What a module imports. The code is formatted, so the plain forms are all there are. */
export function readImports(text: string): ImportedModule[] {
  const code = withoutComments(text);
  const statements = [...code.matchAll(importStatement)].map(([, type, specifier]) => {
    return { specifier: specifier ?? '', isTypeOnly: type !== undefined, isDynamic: false };
  });
  const calls = [...code.matchAll(dynamicImport)].map(([, specifier]) => {
    return { specifier: specifier ?? '', isTypeOnly: false, isDynamic: true };
  });
  return [...statements, ...calls];
}

/** The code with comments blanked out; strings are kept, also those that look like comments. */
export function withoutComments(text: string): string {
  const stringOrComment = /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|\/\*.*?\*\/|\/\/[^\n]*/gs;
  return text.replace(stringOrComment, (match, string: string | undefined) => string ?? match.replace(/\S/g, ' '));
}

/** The file a relative import names, as a path from the repository root; undefined for packages and built-ins. */
export function resolveImport(from: SourceFile, specifier: string): string | undefined {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from.path), specifier) : undefined;
}

/** `ajv` of `ajv/dist/2020.js`, `@scope/name` of `@scope/name/x`; undefined for relative imports and built-ins. */
export function packageNameOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
