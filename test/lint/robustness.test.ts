import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lintText } from './lint-text.ts';

/**
 * Valid templates with members dropped, doubled, renamed and given values of other types: whatever comes of it, rules
 * find faults in the template and have none themselves.
 */
const folder = new URL('../../fixtures/rules/', import.meta.url);
const templates = readdirSync(folder).map(
  (id): Json => JSON.parse(readFileSync(new URL(`${id}/good.json`, folder), 'utf8')),
);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Mutation = 'drop' | 'double' | 'rename' | 'retype';

const strange: readonly Json[] = [null, true, 0, -1, 70_000, 1.5, '', '/', '*', '[', '/(?!', '{var_x}', [], {}, [null]];

/** `AGATE_MUTATIONS=10000` is for a change to many rules; it takes minutes. */
const runs = Number(process.env['AGATE_MUTATIONS'] ?? 700);

test('no rule throws on mutated templates', () => {
  const mutations = fc.record({
    template: fc.constantFrom(...templates),
    at: fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }),
    kind: fc.constantFrom<Mutation>('drop', 'double', 'rename', 'retype'),
    value: fc.constantFrom(...strange),
  });
  fc.assert(
    fc.property(mutations, ({ template, at, kind, value }) => {
      const mutated = structuredClone(template);
      for (const number of at) mutate(mutated, number, kind, structuredClone(value));
      const { found } = lintText(JSON.stringify(mutated));
      expect(found.filter(({ code }) => code === 'AGW0002')).toEqual([]);
    }),
    { numRuns: runs, seed: 7012 },
  );
});

/** Changes one member inside of the resources. */
function mutate(root: Json, number: number, kind: Mutation, value: Json): void {
  const places = membersBelow(root).filter(({ path }) => path.startsWith('.resources.'));
  const place = places[number % Math.max(places.length, 1)];
  if (place === undefined) return;
  const { owner, key } = place;
  if (Array.isArray(owner)) mutateItem(owner, Number(key), kind, value);
  else if (kind === 'retype') owner[key] = value;
  else {
    const copy = owner[key] ?? null;
    if (kind !== 'double') delete owner[key];
    if (kind !== 'drop') owner[kind === 'rename' ? key.toUpperCase() : `${key}2`] = copy;
  }
}

function mutateItem(items: Json[], index: number, kind: Mutation, value: Json): void {
  if (kind === 'drop') items.splice(index, 1);
  else if (kind === 'double') items.push(structuredClone(items[index] ?? null));
  else items[index] = value;
}

interface Place {
  readonly owner: Json[] | { [key: string]: Json };
  readonly key: string;
  readonly path: string;
}

function membersBelow(value: Json, path = ''): Place[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => [
    { owner: value, key, path: `${path}.${key}` },
    ...membersBelow(member, `${path}.${key}`),
  ]);
}
