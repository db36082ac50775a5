/**
 * The layers of the source tree from the first to the last. Imports point up this list only: a layer knows what comes
 * before it and nothing of what comes after. `routing` and `rewrite` are one layer in two folders.
 */
export const layers: readonly (readonly string[])[] = [
  ['base'],
  ['template'],
  ['resources'],
  ['gateway'],
  ['certificates'],
  ['routing', 'rewrite'],
  ['waf'],
  ['lint'],
  ['reporters'],
  ['input'],
  ['observability', 'runtime'],
  ['mock-backend'],
  ['emulator'],
  ['instances'],
  ['smoke'],
  ['control-plane'],
  ['dashboard'],
  ['library'],
  ['library'],
  ['index.ts'],
  ['cli'],
];

/** Layers that are functions of their input alone: no files, sockets, clock, console or process. */
export const pureLayers: ReadonlySet<string> = new Set([
  'template',
  'resources',
  'gateway',
  'lint',
  'reporters',
  'routing',
  'rewrite',
  'waf',
]);

/** Built-in modules that only compute. */
export const pureBuiltIns: ReadonlySet<string> = new Set([
  'node:assert',
  'node:buffer',
  'node:crypto',
  'node:querystring',
  'node:url',
  'node:util',
]);

/** Where each package is used; a second home would be a second way to do the same thing. */
export const packageHomes: Readonly<Record<string, readonly string[]>> = {
  '@preact/signals': ['dashboard'],
  ajv: ['resources'],
  asn1js: ['certificates'],
  chalk: ['cli'],
  commander: ['cli'],
  'http-proxy': ['runtime'],
  'jsonc-parser': ['template'],
  'node-forge': ['certificates'],
  pkijs: ['certificates'],
  preact: ['dashboard'],
  'prom-client': ['observability'],
  re2js: ['rewrite', 'waf', 'lint'],
  uplot: ['dashboard'],
  undici: ['runtime', 'smoke'],
  ws: ['mock-backend', 'smoke', 'dashboard'],
  yaml: ['input', 'smoke'],
};

/** `routing` of `src/routing/route.ts`; `index.ts` of `src/index.ts`. */
export function layerOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** The place in the order; -1 for what is no layer. */
export function rankOf(path: string): number {
  const layer = layerOf(path);
  return layers.findIndex((names) => names.includes(layer));
}
