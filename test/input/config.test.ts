import { describe, expect, test } from 'vitest';
import { SourceText } from '../../src/base/span.ts';
import { parseConfig } from '../../src/input/parse-config.ts';
import { behaviourChoices, defaultBehaviour } from '../../src/routing/behaviour.ts';

function parse(text: string) {
  const { values, diagnostics } = parseConfig(new SourceText('agate.yaml', text));
  const findings = diagnostics.map(({ file, range, message, severity }) => {
    return `${file}:${range?.start.line}:${range?.start.column} ${severity} ${message}`;
  });
  return { values, findings };
}

describe('behaviour', () => {
  const settings = Object.entries(behaviourChoices).flatMap(([key, choices]) =>
    choices.map((choice) => [key, choice] as const),
  );

  test.each(settings)('%s can be %s', (key, choice) => {
    expect(parse(`behaviour:\n  ${key}: ${choice}`)).toEqual({
      values: { behaviour: { [key]: choice } },
      findings: [],
    });
  });

  test('every setting has its default among its choices', () => {
    for (const [key, choices] of Object.entries(behaviourChoices)) {
      expect(choices).toContain(defaultBehaviour[key as keyof typeof defaultBehaviour]);
    }
  });

  test.each([
    [
      'an unknown setting',
      '  pathPrecedense: listed',
      "agate.yaml:2:3 error There is no behaviour 'pathPrecedense'. Did you mean 'pathPrecedence'?",
    ],
    [
      'an unknown value',
      '  pathPrecedence: longest',
      "agate.yaml:2:19 error pathPrecedence is 'longest'; allowed: listed, exactFirst, mostSpecific.",
    ],
    [
      'a value of another type',
      '  allowUnderscore: yes',
      "agate.yaml:2:20 error allowUnderscore is 'yes'; allowed: false, true.",
    ],
    ['a missing value', '  pathCase:', 'agate.yaml:2:3 error pathCase has no value; allowed: insensitive, sensitive.'],
    [
      'a mapping for a value',
      '  pathCase: { a: b }',
      'agate.yaml:2:13 error pathCase is \'{"a":"b"}\'; allowed: insensitive, sensitive.',
    ],
  ])('reports %s and leaves it out', (_what, line, finding) => {
    expect(parse(`behaviour:\n${line}\n  retryNonIdempotent: true`)).toEqual({
      values: { behaviour: { retryNonIdempotent: true } },
      findings: [finding],
    });
  });

  test('reports a list', () => {
    expect(parse('behaviour: [listed]')).toEqual({
      values: {},
      findings: ["agate.yaml:1:12 error 'behaviour' should be a mapping."],
    });
  });
});

test('an unknown option is reported with the nearest one', () => {
  expect(parse('behavior: {}').findings).toEqual([
    "agate.yaml:1:1 error There is no option 'behavior'. Did you mean 'behaviour'?",
  ]);
});
