import type { Node, Pair, YAMLMap } from 'yaml';
import type { Diagnostic, Result } from '../base/diagnostic.ts';
import type { SourceText } from '../base/span.ts';
import { type Behaviour, behaviourChoices } from '../routing/behaviour.ts';
import { findingAt, unknownName } from './config-findings.ts';

/** Reads `behaviour:` of an `agate.yaml`; what is not a known choice is reported and left out. */
export function readBehaviour(source: SourceText, mapping: YAMLMap): Result<Partial<Behaviour>> {
  const value: Record<string, unknown> = {};
  const diagnostics: Diagnostic[] = [];
  for (const pair of mapping.items) {
    const { key, value: chosen } = pair as Pair<Node, Node | null>;
    const choices = choicesOf(String(key));
    const choice = chosen?.toJSON() as unknown;
    if (choices === undefined) {
      diagnostics.push(unknownName(source, key, 'behaviour', Object.keys(behaviourChoices)));
    } else if (choices.includes(choice)) {
      value[String(key)] = choice;
    } else {
      const isMissing = choice === undefined || choice === null;
      const written = isMissing ? 'has no value' : `is '${String(chosen)}'`;
      const message = `${String(key)} ${written}; allowed: ${choices.join(', ')}.`;
      diagnostics.push(findingAt(source, isMissing ? key : chosen, message));
    }
  }
  return { value, diagnostics };
}

function choicesOf(key: string): readonly unknown[] | undefined {
  return Object.hasOwn(behaviourChoices, key) ? behaviourChoices[key as keyof Behaviour] : undefined;
}
