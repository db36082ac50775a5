import { readFileSync } from 'node:fs';
import type { Producer } from '../../schemas/generate.ts';
import { type SupportedFeature, supportedFeatures } from '../../src/gateway/support.ts';

const missing = supportedFeatures.filter(({ state }) => state !== 'emulated');

/** What is generated from the table of features: sections of pages that are otherwise written by hand. */
export const supportProducers: readonly Producer[] = [
  page('docs/differences.md', renderSupport(supportedFeatures)),
  page('README.md', renderSupport(missing)),
];

function page(path: string, section: string): Producer {
  const read = () => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  return { path, render: () => replaceSection(path, read(), section) };
}

/** Puts a text between the two marks of a page. */
export function replaceSection(path: string, text: string, section: string): string {
  const [begin, end] = ['<!-- support:begin -->', '<!-- support:end -->'];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to < from) throw new Error(`${path} needs the lines '${begin}' and '${end}', in this order.`);
  return `${text.slice(0, from + begin.length)}\n\n${section}\n${text.slice(to)}`;
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
