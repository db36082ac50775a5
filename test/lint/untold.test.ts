import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import type { AnyRule } from '../../src/lint/rule.ts';
import { rules } from '../../src/lint/rules/index.ts';
import { lintText } from './lint-text.ts';

/**
 * What sets the bad template of a rule apart from the good one decides whether there is something to report. Where
 * nobody tells just that, there is nothing: every difference becomes a parameter without a value, and the rule must be
 * silent.
 */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A parameter that is not secure tells secrets whatever its value; and names are not made parameters here. */
const certainAllTheSame = new Set(['secret-in-template', 'subnet-not-declared']);

test.each(rules.filter(({ id }) => !certainAllTheSame.has(id)).map((rule) => [rule.id, rule] as const))(
  '%s says nothing about what nobody told',
  (_, rule) => {
    const untold = untellDifferences(read(rule, 'bad'), read(rule, 'good'));
    const { found } = lintText(JSON.stringify(untold), { rules: [rule] });
    expect(found.map(({ path, message }) => `${path}: ${message}`)).toEqual([]);
  },
);

function read({ id }: AnyRule, name: 'bad' | 'good'): Json {
  return parse(readFileSync(new URL(`../../fixtures/rules/${id}/${name}.json`, import.meta.url), 'utf8'));
}

/** The first template, with parameters in the places where the second one has something else. */
function untellDifferences(bad: Json, good: Json): Json {
  const parameters: { [name: string]: Json } = {};
  const untell = (value: Json): Json => {
    const name = `untold${Object.keys(parameters).length}`;
    parameters[name] = { type: typeOf(value) };
    return `[parameters('${name}')]`;
  };
  const template =
    isObject(bad) && isObject(good) ? { ...bad, resources: merge(bad['resources'], good['resources'], untell) } : bad;
  return isObject(template)
    ? { ...template, parameters: { ...asObject(template['parameters']), ...parameters } }
    : template;
}

function merge(bad: Json | undefined, good: Json | undefined, untell: (value: Json) => Json): Json {
  if (JSON.stringify(bad) === JSON.stringify(good)) return bad ?? null;
  if (isObject(bad) && isObject(good)) {
    const keys = new Set([...Object.keys(bad), ...Object.keys(good)]);
    return Object.fromEntries(
      Array.from(keys, (key) => [
        key,
        isFixed(key, bad) ? (bad[key] ?? good[key] ?? null) : merge(bad[key], good[key], untell),
      ]),
    );
  }
  if (Array.isArray(bad) && Array.isArray(good) && bad.length === good.length && bad.some(isObject)) {
    return bad.map((item, index) => merge(item, good[index], untell));
  }
  return untell(good ?? bad ?? null);
}

/** What something is called and where it stands, by which the findings are compared. */
function isFixed(key: string, owner: { [key: string]: Json }): boolean {
  return ['type', 'copy', 'dependsOn', 'scope'].includes(key) || (key === 'name' && 'properties' in owner);
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: Json | undefined): { [key: string]: Json } {
  return isObject(value) ? value : {};
}

function typeOf(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  return { number: 'int', boolean: 'bool' }[String(typeof value)] ?? 'string';
}
