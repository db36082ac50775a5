import { foldCase } from '../base/case-insensitive-map.ts';
import type { Span } from '../base/span.ts';
import { kinds } from './diagnostics.ts';
import type { TemplateLevel } from './template-level.ts';
import { getValue, type ObjectValue } from './value.ts';

interface Declared {
  readonly name: string;
  readonly span: Span | undefined;
}

/**
 * Reports declarations of a template whose names differ in letter case alone. Azure keeps them without regard to case,
 * so that of two the last one counts. Names that are the same to the letter have been reported when the text was read,
 * except for functions of two groups.
 */
export function reportNamesakes(level: TemplateLevel): void {
  const { parameters, variables, outputs } = level.sections;
  for (const [what, section] of Object.entries({ parameter: parameters, variable: variables, output: outputs })) {
    reportIn(level, what, declaredIn(section));
  }
  reportIn(level, 'function', functionsOf(level));
}

function reportIn({ run }: TemplateLevel, what: string, declared: readonly Declared[]): void {
  const earlier = new Map<string, Declared>();
  for (const each of declared) {
    const first = earlier.get(foldCase(each.name));
    if (first !== undefined) {
      run.findings.report(kinds.duplicateKey, {
        message: `The ${what} '${each.name}' is '${first.name}' to Azure, which ignores letter case; the last one counts.`,
        span: each.span,
        related: [{ message: `'${first.name}' is declared here.`, span: first.span }],
      });
    }
    earlier.set(foldCase(each.name), each);
  }
}

function declaredIn(section: ObjectValue, prefix = ''): readonly Declared[] {
  return Array.from(section.members, ([name, { keySpan }]) => ({ name: `${prefix}${name}`, span: keySpan }));
}

function functionsOf({ sections }: TemplateLevel): readonly Declared[] {
  return (sections.functions?.items ?? []).flatMap((group) => {
    const namespace = group.kind === 'Object' ? getValue(group, 'namespace') : undefined;
    const members = group.kind === 'Object' ? getValue(group, 'members') : undefined;
    return namespace?.kind === 'String' && members?.kind === 'Object' ? declaredIn(members, `${namespace.value}.`) : [];
  });
}
