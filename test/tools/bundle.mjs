import { build } from 'rolldown';

/**
 * Bundles the command line into few files: reading some four hundred modules one by one would take longer than all work
 * on a template. The library stays as it is, a module a file, with its types.
 */
await build({
  input: { main: 'src/cli/main.ts', instance: 'src/cli/instance-main.ts' },
  platform: 'node',
  // jsonc-parser's CommonJS build finds its parts by a `require` of its own; its module build has none.
  resolve: { mainFields: ['module', 'main'] },
  external: [/^node:/, /^(asn1js|http-proxy|node-forge|pkijs|prom-client|undici|ws)(\/|$)/],
  output: {
    // As deep in the package as the sources, whose ways to package.json and schemas are relative.
    dir: 'dist/bundle',
    // Modules of this form are read and compiled in a third less time; the command line has no other use for them.
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    cleanDir: true,
    // Names stay, so that a stack trace in a report of a fault can be read.
    minify: { compress: true, mangle: false, codegen: true },
  },
});
