import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { bundleCommand } from './bundle-command.ts';
import { findBundledPackages, gatherModules } from './bundled-packages.ts';
import { renderThirdPartyLicenses } from './third-party-licenses.ts';

/** Makes the bundles that are published, and the list of the licences that their code came under. */
const root = path.join(import.meta.dirname, '../..');
const command = { folder: 'dist/bundle', modules: new Set<string>() };
const page = { folder: 'dist/dashboard/page', modules: new Set<string>() };

await bundleCommand(command.folder, [gatherModules(command.modules)]);
await build({
  root: path.join(root, 'src/dashboard/page'),
  logLevel: 'warn',
  plugins: [gatherModules(page.modules)],
  // The page is one module: there is nothing to load before it.
  build: { outDir: path.join(root, page.folder), emptyOutDir: true, modulePreload: { polyfill: false } },
});

const bundles = [command, page].map(({ folder, modules }) => ({
  folder,
  packages: findBundledPackages(modules, root),
}));
writeFileSync(path.join(root, 'dist/third-party-licenses.txt'), renderThirdPartyLicenses(bundles));
