import { Command } from 'commander';
import { EmulatorError } from '../../base/errors.ts';
import { nearestName } from '../../base/nearest-name.ts';
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
      const { rules } = await import('../../lint/rules/index.ts');
      const chosen = id === undefined ? rules.toSorted(byCode) : [findRule(rules, id)];
      const painter = painterFor(io.stdout, io.env);
      const render = id === undefined ? renderLine : renderWhole;
      const text = options.json
        ? JSON.stringify(id === undefined ? chosen : chosen[0], null, 2)
        : chosen.map((rule) => render(rule, painter)).join('\n');
      await writeLine(io.stdout, text);
      finish(exitCode.fine);
    });
  return { command, about, examples };
}

function byCode(a: RuleMetadata, b: RuleMetadata): number {
  return a.code < b.code ? -1 : 1;
}

function findRule(rules: readonly RuleMetadata[], id: string): RuleMetadata {
  const wanted = id.toLowerCase();
  const found = rules.find((rule) => rule.id === wanted || rule.code.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const nearest = nearestName(
    id,
    rules.flatMap((rule) => [rule.id, rule.code]),
  );
  throw new EmulatorError('InvalidOption', `There is no rule '${id}'.`, {
    hint: nearest === undefined ? '`agate rules` lists all.' : `Did you mean '${nearest}'?`,
  });
}

function renderLine({ code, severity, id, title }: RuleMetadata, painter: Painter): string {
  return `${code}  ${painter[severity](severity.padEnd(7))}  ${id.padEnd(40)}  ${title}`;
}

function renderWhole(rule: RuleMetadata, painter: Painter): string {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['severity', rule.severity],
    ['category', rule.category],
    ['applies to', rule.appliesTo],
    ['Azure code', rule.azureCode],
    ['Azure says', rule.azureMessage],
    ['same as', rule.sameAs?.join(', ')],
    ['source', rule.source],
    ['turn off', `--rule ${rule.id}=off`],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [`${painter.faint(name.padEnd(10))}  ${value}`],
  );
  return [`${painter.strong(`${rule.code} ${rule.id}`)}`, rule.title, '', rule.why, '', ...lines].join('\n');
}
