import fc from 'fast-check';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

type Kind = 'drop' | 'double' | 'rename' | 'retype' | 'swap';

const strange: readonly Json[] = [
  null,
  true,
  0,
  -1,
  70_000,
  1.5,
  1e300,
  '',
  '/',
  '*',
  '[',
  '(?!',
  '(a+)+$',
  '{var_x}',
  '{http_req_A_1}',
  '{capt_header_value_matcher_9}',
  'a\r\nb: c',
  '::1',
  '*.*.*',
  '[resourceId()]',
  '__proto__',
  [],
  {},
  [null],
];

/** Documents with members dropped, doubled, renamed, exchanged and given values of other types. */
export function mutatedJson(documents: readonly Json[], isOpen: (path: string) => boolean): fc.Arbitrary<Json> {
  const change = fc.record({
    at: fc.nat(2000),
    other: fc.nat(2000),
    kind: fc.constantFrom<Kind>('drop', 'double', 'rename', 'retype', 'swap'),
    value: fc.constantFrom(...strange),
  });
  return fc
    .tuple(fc.constantFrom(...documents), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([document, changes]) => {
      const copy = structuredClone(document);
      for (const each of changes) {
        const places = placesBelow(copy).filter(({ path }) => isOpen(path));
        const place = places[each.at % Math.max(places.length, 1)];
        const other = places[each.other % Math.max(places.length, 1)];
        if (place === undefined || other === undefined) continue;
        const value = each.kind === 'swap' ? structuredClone(memberOf(other)) : structuredClone(each.value);
        mutate(place, each.kind, value);
      }
      return copy;
    });
}

interface Place {
  readonly owner: Json[] | { [key: string]: Json };
  readonly key: string;
  readonly path: string;
}

function placesBelow(value: Json, path = ''): Place[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => [
    { owner: value, key, path: `${path}.${key}` },
    ...placesBelow(member, `${path}.${key}`),
  ]);
}

function memberOf({ owner, key }: Place): Json {
  return (Array.isArray(owner) ? owner[Number(key)] : owner[key]) ?? null;
}

function mutate(place: Place, kind: Kind, value: Json): void {
  const { owner, key } = place;
  if (Array.isArray(owner)) mutateItem(owner, Number(key), kind, value);
  else if (kind === 'retype' || kind === 'swap') owner[key] = value;
  else {
    const member = memberOf(place);
    if (kind !== 'double') delete owner[key];
    if (kind !== 'drop') owner[kind === 'rename' ? key.toUpperCase() : `${key}2`] = member;
  }
}

function mutateItem(items: Json[], index: number, kind: Kind, value: Json): void {
  if (kind === 'drop') items.splice(index, 1);
  else if (kind === 'double') items.push(structuredClone(items[index] ?? null));
  else items[index] = value;
}
