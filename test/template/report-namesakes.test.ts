import { expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';

const text = (value: string) => ({ type: 'string', value });
const group = (namespace: string, ...names: string[]) => ({
  namespace,
  members: Object.fromEntries(names.map((name) => [name, { parameters: [], output: text(name) }])),
});

test.each([
  ['parameter', 'P', { parameters: { p: { type: 'int', defaultValue: 1 }, P: { type: 'int', defaultValue: 2 } } }],
  ['variable', 'V', { variables: { v: 1, V: 2 } }],
  ['output', 'O', { outputs: { o: text('1'), O: text('2') } }],
  ['function', 'one.F', { functions: [group('one', 'f', 'F')] }],
  ['function', 'ONE.f', { functions: [group('one', 'f'), group('ONE', 'f')] }],
])('two declarations of a %s that differ in letter case are one: %s', (what, name, template) => {
  const { diagnostics } = evaluate(template);
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    expect.stringMatching(
      `^AGW0014 The ${what} '${name}' is '.*' to Azure, which ignores letter case; the last one counts.$`,
    ),
  ]);
});

test('the last of two functions is the one that is called', () => {
  const template = { functions: [group('one', 'f', 'F')], outputs: { o: text('[one.f()]') } };
  expect(evaluate(template).outputs).toEqual({ o: 'F' });
});

test('functions of two groups may have one name', () => {
  expect(evaluate({ functions: [group('one', 'f'), group('two', 'f')] }).diagnostics).toEqual([]);
});
