import { describe, expect, test } from 'vitest';
import { explainClientRequest } from '../../src/routing/explain.ts';
import { decide, prepare } from './decide.ts';
import { facts } from './facts/index.ts';

describe.each(Object.entries(facts))('%s', (_subject, facts) => {
  const rows = facts.map((fact) => [fact.name, fact] as const);

  test.each(rows)('%s', (_name, fact) => {
    expect(decide(fact)).toEqual(fact.expect);
  });

  test.each(rows)('explain agrees: %s', (_name, fact) => {
    const { table, entryPoint, request } = prepare(fact);
    const { expect: expected } = fact;
    const explanation = explainClientRequest(table, entryPoint, request);
    const keys = ['listener', 'rule', 'pathRule', 'advancedRoutingRule', 'pool', 'settings', 'status'] as const;
    for (const key of keys.filter((key) => key in expected)) expect(explanation[key] ?? null).toBe(expected[key]);
    if (expected.location !== undefined) expect(explanation.redirect?.location).toBe(expected.location);
    expect(explanation.steps).not.toEqual([]);
  });
});

test('at least 200 facts about listeners, paths, redirects and rewrites are documented or measured', () => {
  const subjects = Object.keys(facts).filter((subject) => !/^(?:requests to|responses to)/.test(subject));
  const sourced = subjects.flatMap((subject) => facts[subject] ?? []).filter(({ source }) => source !== 'choice');
  expect(sourced.length).toBeGreaterThanOrEqual(200);
  expect(sourced.filter(({ source }) => !/^https:|#\d+$/.test(source))).toEqual([]);
});

test('each fact has its own name and its source', () => {
  const all = Object.entries(facts).flatMap(([subject, rows]) => rows.map((fact) => `${subject}: ${fact.name}`));
  const repeated = all.filter((name, index) => all.indexOf(name) !== index);
  expect(repeated).toEqual([]);
  expect(
    Object.values(facts)
      .flat()
      .filter(({ source }) => source === ''),
  ).toEqual([]);
});
