import path from 'node:path';
import { build, type Plugin } from 'rolldown';

const isRuntime = (importer: string | undefined) => importer?.includes('/src/runtime/') === true;

const undiciInParts: Plugin = {
  name: 'undici-in-parts',
  resolveId: (id, importer) =>
    id === 'undici' && isRuntime(importer) ? path.join(import.meta.dirname, 'undici-in-parts.mjs') : undefined,
};

/**
 * Bundles the command line into few files: reading some four hundred modules one by one would take longer than all work
 * on a template. The library stays as it is, a module a file, with its types.
 */
export async function bundleCommand(folder: string, plugins: readonly Plugin[]): Promise<void> {
  await build({
    input: { launch: 'src/cli/launch.ts', main: 'src/cli/main.ts', instance: 'src/cli/instance-main.ts' },
    platform: 'node',
    // jsonc-parser's CommonJS build finds its parts by a `require` of its own; its module build has none.
    resolve: { mainFields: ['module', 'main'] },
    // Packages that only some runs need, and what packages try to load without needing it.
    external: (id, importer) =>
      /^node:|^(asn1js|bufferutil|node-forge|pkijs|prom-client|utf-8-validate)(\/|$)/.test(id) ||
      (id === 'undici' && !isRuntime(importer)),
    plugins: [undiciInParts, ...plugins],
    output: {
      // As deep in the package as the sources, whose ways to package.json and schemas are relative.
      dir: folder,
      // Modules of this form are read and compiled in a third less time; the command line has no other use for them.
      format: 'cjs',
      entryFileNames: '[name].cjs',
      chunkFileNames: '[name]-[hash].cjs',
      cleanDir: true,
      // Names stay, so that a stack trace in a report of a fault can be read.
      minify: { compress: true, mangle: false, codegen: true },
    },
  });
}
