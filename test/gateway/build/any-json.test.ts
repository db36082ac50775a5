import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGateway } from '../../../src/gateway/build/build-gateway.ts';
import type { Gateway } from '../../../src/gateway/model.ts';
import { buildResourceGraph } from '../../../src/resources/resource-graph.ts';
import { validateResource } from '../../../src/resources/validate-resource.ts';
import { deploy } from '../../resources/deployed-resource.ts';
import { gatewayProperties, gatewayType } from './gateway-json.ts';

type Path = readonly (string | number)[];

/** One change to a document: a member dropped, retyped, renamed or given twice. */
interface Mutation {
  /** Picks the place among all of the document. */
  readonly at: number;
  readonly kind: 'drop' | 'retype' | 'rename' | 'duplicate';
  readonly value: unknown;
}

const mutations = fc.array(
  fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('drop' as const, 'retype' as const, 'rename' as const, 'duplicate' as const),
    value: fc.oneof(fc.jsonValue(), fc.constantFrom('', '/', "')]", 'ID', '__proto__', 'constructor', -1, 1e300)),
  }),
  { minLength: 1, maxLength: 8 },
);

function mutate(document: unknown, { at, kind, value }: Mutation): unknown {
  const places = placesOf(document);
  const path = places[at % places.length] ?? [];
  return changeAt(document, path, (owner, key) => change(owner, key, kind, value));
}

function placesOf(node: unknown, path: Path = []): Path[] {
  if (typeof node !== 'object' || node === null) return path.length === 0 ? [] : [path];
  const below = Object.entries(node).flatMap(([key, child]) =>
    placesOf(child, [...path, Array.isArray(node) ? Number(key) : key]),
  );
  return path.length === 0 ? below : [path, ...below];
}

type Entries = [string, unknown][];

function changeAt(node: unknown, path: Path, apply: (owner: Entries, key: string) => Entries): unknown {
  if (typeof node !== 'object' || node === null) return node;
  const [step, ...rest] = path;
  const key = String(step);
  const entries = Object.entries(node);
  const changed =
    rest.length === 0
      ? apply(entries, key)
      : entries.map(([name, child]): [string, unknown] => [name, name === key ? changeAt(child, rest, apply) : child]);
  return Array.isArray(node) ? changed.map(([, child]) => child) : Object.fromEntries(changed);
}

const changes: Readonly<Record<Mutation['kind'], (name: string, child: unknown, value: unknown) => Entries>> = {
  drop: () => [],
  retype: (name, _, value) => [[name, value]],
  rename: (name, child, value) => [[typeof value === 'string' ? value : name.toUpperCase(), child]],
  duplicate: (name, child) => [
    [name, child],
    [name.toUpperCase(), child],
  ],
};

function change(owner: Entries, key: string, kind: Mutation['kind'], value: unknown): Entries {
  return owner.flatMap(
    ([name, child]): Entries => (name === key ? changes[kind](name, child, value) : [[name, child]]),
  );
}

const resourceWith = (properties: unknown) =>
  deploy({ type: gatewayType, name: 'gw', apiVersion: '2024-05-01', properties });

test('a gateway with anything done to it is built and validated without a fault', () => {
  fc.assert(
    fc.property(mutations, (list) => {
      const resource = resourceWith(list.reduce<unknown>(mutate, gatewayProperties()));
      const { value } = buildGateway(resource, buildResourceGraph([resource]));
      expect(uniqueNames(value)).toBe(true);
      validateResource(resource);
    }),
    { numRuns: 500 },
  );
});

test('so is any JSON in place of the properties', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (properties) => {
      const resource = resourceWith(properties);
      buildGateway(resource, buildResourceGraph([resource]));
      validateResource(resource);
    }),
  );
});

function uniqueNames(gateway: Gateway): boolean {
  return [gateway.httpListeners, gateway.backendAddressPools, gateway.requestRoutingRules].every((items) => {
    const names = items.map(({ name }) => name.toUpperCase());
    return new Set(names).size === names.length;
  });
}
