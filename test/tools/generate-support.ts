import { readFileSync } from 'node:fs';
import { type SupportedFeature, supportedFeatures } from '../../src/gateway/support.ts';

const path = 'docs/differences.md';

/** What is generated from the table of features: one section of a page that is otherwise written by hand. */
export const supportProducers = [{ path, render: () => replaceSection(readPage(), renderSupport(supportedFeatures)) }];

const begin = '<!-- support:begin -->';
const end = '<!-- support:end -->';

function readPage(): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

/** Puts a text between the two marks of a page. */
export function replaceSection(page: string, section: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to < from) throw new Error(`${path} needs the lines '${begin}' and '${end}', in this order.`);
  return `${page.slice(0, from + begin.length)}\n\n${section}\n${page.slice(to)}`;
}

/** A Markdown table, with what is missing first. */
export function renderSupport(features: readonly SupportedFeature[]): string {
  const states = ['not emulated', 'partly', 'emulated'] as const;
  const rows = states.flatMap((state) => features.filter((feature) => feature.state === state).map(renderRow));
  return ['| Feature | State | What that means |', '|---|---|---|', ...rows, ''].join('\n');
}

function renderRow({ feature, state, consequence }: SupportedFeature): string {
  return `| \`${feature}\` | ${state === 'not emulated' ? `**${state}**` : state} | ${consequence.replaceAll('|', '\\|')} |`;
}
