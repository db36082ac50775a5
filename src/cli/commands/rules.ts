import { Command } from 'commander';
import { sameName } from '../../base/case-insensitive-map.ts';
import { EmulatorError } from '../../base/errors.ts';
import type { EarlierKind } from '../../lint/earlier-kinds.ts';
import type { RuleMetadata } from '../../lint/rule.ts';
import type { Painter } from '../../reporters/reporter.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { exitCode } from '../exit-code.ts';
import { writeLine } from '../io.ts';
import { painterFor } from '../painter.ts';

const examples = ['agate rules', 'agate rules listener-without-rule', 'agate rules --json'];

const about = `The same as [Lint rules](../rules.md), for a terminal.`;

/** `agate rules`: the lint rules and why each exists. */
export function rulesCommand({ io, finish }: CommandContext): CommandDefinition {
  const command = new Command('rules')
    .description('List the lint rules, or tell all about one.')
    .argument('[id]', 'id or code of a rule')
    .option('--json', 'print JSON')
    .action(async (id: string | undefined, options: { readonly json?: boolean }) => {
      const painter = painterFor(io.stdout, io.env);
      const text = id === undefined ? await listOf(options, painter) : await aboutOne(id, options, painter);
      await writeLine(io.stdout, text);
      finish(exitCode.fine);
    });
  return { command, about, examples };
}

function byCode(a: RuleMetadata, b: RuleMetadata): number {
  return a.code < b.code ? -1 : 1;
}

interface RulesOptions {
  readonly json?: boolean;
}

async function listOf({ json }: RulesOptions, painter: Painter): Promise<string> {
  const { rules } = await import('../../lint/rules/index.ts');
  const sorted = rules.toSorted(byCode);
  return json ? JSON.stringify(sorted, null, 2) : sorted.map((rule) => renderLine(rule, painter)).join('\n');
}

/** All about a rule, or about what is found before the rules run. */
async function aboutOne(name: string, { json }: RulesOptions, painter: Painter): Promise<string> {
  const { rules } = await import('../../lint/rules/index.ts');
  const rule = rules.find(({ id, code }) => sameName(id, name) || sameName(code, name));
  if (rule !== undefined) return json ? JSON.stringify(rule, null, 2) : renderWhole(rule, painter);
  const { earlierKinds } = await import('../../lint/earlier-kinds.ts');
  const kind = earlierKinds.find(({ rule: id, code }) => sameName(id, name) || sameName(code, name));
  if (kind !== undefined) return json ? JSON.stringify(kind, null, 2) : renderKind(kind, painter);
  const { suggestRule } = await import('../../lint/known-rules.ts');
  throw new EmulatorError('InvalidOption', `There is no rule '${name}'.`, { hint: suggestRule(name) });
}

function renderLine({ code, severity, id, title }: RuleMetadata, painter: Painter): string {
  return `${code}  ${painter[severity](severity.padEnd(7))}  ${id.padEnd(40)}  ${title}`;
}

function renderWhole(rule: RuleMetadata, painter: Painter): string {
  const facts: readonly Fact[] = [
    ['severity', rule.severity],
    ['category', rule.category],
    ['applies to', rule.appliesTo],
    ['Azure code', rule.azureCode],
    ['Azure says', rule.azureMessage],
    ['same as', rule.sameAs?.join(', ')],
    ['source', rule.source],
    ['turn off', `--rule ${rule.id}=off`],
  ];
  return [painter.strong(`${rule.code} ${rule.id}`), rule.title, '', rule.why, '', ...renderFacts(facts, painter)].join(
    '\n',
  );
}

function renderKind({ code, rule, severity, azureCode, stage }: EarlierKind, painter: Painter): string {
  const facts: readonly Fact[] = [
    ['severity', severity],
    ['Azure code', azureCode],
    ['turn off', `--rule ${rule}=off`],
  ];
  const about = `No rule, but found while ${stage}; the finding says what is wrong.`;
  return [painter.strong(`${code} ${rule}`), about, '', ...renderFacts(facts, painter)].join('\n');
}

type Fact = readonly [name: string, value: string | undefined];

function renderFacts(facts: readonly Fact[], painter: Painter): readonly string[] {
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [`${painter.faint(name.padEnd(10))}  ${value}`]));
}
