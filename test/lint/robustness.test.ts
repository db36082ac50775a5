import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { buildGateway, findGateways } from '../../src/gateway/build/build-gateway.ts';
import type { OpenedPfx } from '../../src/lint/open-pfx.ts';
import { openPfxWithForge } from '../../src/lint/open-pfx-with-forge.ts';
import { runPolicyRules } from '../../src/lint/run-policy-rules.ts';
import { runRules } from '../../src/lint/run-rules.ts';
import { buildResourceGraph } from '../../src/resources/resource-graph.ts';
import { evaluateTemplate } from '../../src/template/evaluate-template.ts';
import type { DeployedResource } from '../../src/template/evaluated-deployment.ts';
import { fromJson, toJson } from '../../src/template/value.ts';
import { lintText, stoppedClock } from './lint-text.ts';

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

interface Change {
  readonly template: Json;
  readonly at: readonly number[];
  readonly kind: Mutation;
  readonly value: Json;
}

const changes = fc.record({
  template: fc.constantFrom(...templates),
  at: fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }),
  kind: fc.constantFrom<Mutation>('drop', 'double', 'rename', 'retype'),
  value: fc.constantFrom(...strange),
});

test('no rule throws on 500 templates that were mutated', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(changes, (change) => {
      const { found } = lintText(JSON.stringify(mutated(change.template, change)), { openPfx });
      expect(faultsOf(found)).toEqual([]);
    }),
    { numRuns: 500, seed: 7012 },
  );
});

/** Most of the time goes into what is not to be tested here, so these begin where templates have been evaluated. */
test('no rule throws on the resources of 9,500 more', { timeout: 120_000 }, () => {
  const deployments = new Map(templates.map((template) => [template, resourcesOf(template)] as const));
  fc.assert(
    fc.property(changes, (change) => {
      const bodies = mutated(deployments.get(change.template)?.map(({ body }) => toJson(body) as Json) ?? [], change);
      const resources = deployments.get(change.template)?.flatMap((resource, index) => {
        const body = Array.isArray(bodies) ? fromJson(bodies[index]) : undefined;
        return body?.kind === 'Object' ? [{ ...resource, body }] : [];
      });
      expect(faultsOf(findingsOf(resources ?? []))).toEqual([]);
    }),
    { numRuns: 9500, seed: 7013 },
  );
});

function resourcesOf(template: Json): readonly DeployedResource[] {
  return evaluateTemplate({ template: fromJson(template), clock: stoppedClock, standIns: true, placeholders: true })
    .value.resources;
}

function findingsOf(resources: readonly DeployedResource[]): readonly Diagnostic[] {
  const graph = buildResourceGraph(resources);
  const ofGateways = findGateways(graph.resources).flatMap((resource) => {
    const { value: gateway } = buildGateway(resource, graph);
    return runRules({ gateway, resource, graph, now: stoppedClock.now(), openPfx });
  });
  return [...ofGateways, ...runPolicyRules({ graph })];
}

function faultsOf(found: readonly Diagnostic[]): readonly Diagnostic[] {
  return found.filter(({ code }) => code === 'AGW0002');
}

/** Decrypting takes longer than all else together, and the fixtures share a few files. */
const opened = new Map<string, OpenedPfx>();
function openPfx(data: string, password: string): OpenedPfx {
  const key = JSON.stringify([data, password]);
  const known = opened.get(key) ?? openPfxWithForge(data, password);
  opened.set(key, known);
  return known;
}

function mutated(original: Json, { at, kind, value }: Change): Json {
  const copy = structuredClone(original);
  for (const number of at) mutate(copy, number, kind, structuredClone(value));
  return copy;
}

/** Changes one member inside of resources. */
function mutate(root: Json, number: number, kind: Mutation, value: Json): void {
  const places = membersBelow(Array.isArray(root) ? root : resourcesIn(root));
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

function resourcesIn(template: Json): Json {
  return template !== null && typeof template === 'object' && !Array.isArray(template)
    ? (template['resources'] ?? null)
    : null;
}

interface Place {
  readonly owner: Json[] | { [key: string]: Json };
  readonly key: string;
}

function membersBelow(value: Json, found: Place[] = []): readonly Place[] {
  if (value === null || typeof value !== 'object') return found;
  for (const [key, member] of Object.entries(value)) {
    found.push({ owner: value, key });
    membersBelow(member, found);
  }
  return found;
}
