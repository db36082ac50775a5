import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parametersFromJson } from '../../src/template/parameters/supplied-parameters.ts';
import { evaluate } from './evaluate.ts';

interface Case {
  readonly expression: string;
  readonly result?: unknown;
  /** Text that the message must hold; `*` stands for any error. */
  readonly error?: string;
  /** The page of learn.microsoft.com or the public test it comes from. */
  readonly source: string;
  readonly context?: {
    readonly parameters?: Record<string, unknown>;
    readonly parameterDefinitions?: Record<string, unknown>;
    readonly definitions?: unknown;
    readonly variables?: unknown;
    readonly functions?: unknown;
    readonly deployment?: Record<string, string>;
  };
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('../../fixtures/template-language-cases.json', import.meta.url), 'utf8'),
);

describe('documented expressions', () => {
  test.each(cases.map((each, index) => [index, each.expression, each.source, each] as const))(
    '%i: %s (%s)',
    (_index, _expression, _source, { expression, result, error, context = {} }) => {
      const { outputs, errors } = evaluateCase(expression, context);
      if (error === undefined) {
        expect(errors).toEqual([]);
        expect(outputs['result']).toEqual(result);
      } else {
        expect(errors.join('\n')).toContain(error === '*' ? '' : error);
        expect(errors).not.toEqual([]);
      }
    },
  );
});

/** The expression stands inside an object, because an output's type says nothing about what an object holds. */
function evaluateCase(expression: string, context: NonNullable<Case['context']>) {
  const given = context.parameters ?? {};
  const declared = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { type: typeOf(value) }]));
  const evaluated = evaluate(
    {
      ...(context.definitions === undefined ? {} : { definitions: context.definitions }),
      languageVersion: '2.0',
      parameters: { ...declared, ...context.parameterDefinitions },
      variables: context.variables ?? {},
      ...(context.functions === undefined ? {} : { functions: context.functions }),
      resources: {},
      outputs: { result: { type: 'object', value: { result: expression } } },
    },
    { parameters: parametersFromJson(given), context: context.deployment ?? {} },
  );
  const output = evaluated.outputs['result'] as { readonly result: unknown } | undefined;
  return { errors: evaluated.errors, outputs: { result: output?.result } };
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return 'int';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
