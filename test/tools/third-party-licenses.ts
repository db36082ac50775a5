import type { BundledPackage, LicenseText } from './bundled-packages.ts';

export interface Bundle {
  /** From the root of the package: `dist/bundle`. */
  readonly folder: string;
  readonly packages: readonly BundledPackage[];
}

/** The text that has to go with the bundles: whose code is in them, and under which terms. */
export function renderThirdPartyLicenses(bundles: readonly Bundle[]): string {
  const header = 'Code of these packages is part of files in this one, under the licences below.';
  const chapters = bundles.flatMap(({ folder, packages }) => packages.map((found) => renderPackage(folder, found)));
  return `${[header, ...bundles.map(renderContents), ...chapters].join('\n\n')}\n`;
}

function renderContents({ folder, packages }: Bundle): string {
  return [`${folder}:`, ...packages.map((found) => `  ${titleOf(found)}`)].join('\n');
}

function renderPackage(folder: string, found: BundledPackage): string {
  const lines = ['='.repeat(80), `${titleOf(found)}, in ${folder}`, '='.repeat(80)];
  return [lines.join('\n'), ...found.texts.map(renderText)].join('\n\n');
}

function renderText({ file, text }: LicenseText): string {
  return `--- ${file}\n\n${text.replaceAll('\r\n', '\n').trim()}`;
}

function titleOf({ name, version, license }: BundledPackage): string {
  return `${name} ${version} (${license})`;
}
