import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Behaviour } from '../../src/routing/behaviour.ts';
import { pathFault } from '../../src/routing/check-path.ts';
import { compileRoutingTable, type ListenerRoute } from '../../src/routing/compile-routing-table.ts';
import { hasWildcard } from '../../src/routing/match-host.ts';
import { normalisePath } from '../../src/routing/normalise-path.ts';
import type { PathCandidate } from '../../src/routing/path-table.ts';
import { routeRequest } from '../../src/routing/route-request.ts';
import { type GatewaySpec, makeGateway } from './gateway-fixture.ts';
import { makeRequest } from './request-fixture.ts';

// Few letters and short texts, so that names and patterns meet often.
const label = fc.stringMatching(/^[ab]{1,2}$/);
const hostName = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
const hostPattern = fc.oneof(
  hostName,
  fc.stringMatching(/^[ab?*.]{1,5}$/).filter((text) => hasWildcard(text)),
  hostName.map((name) => `*.${name}`),
);
const segment = fc.constantFrom('a', 'b', 'ab', 'A', '%61', '.', '..', '', 'ä', '☃');
const path = fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
const pathPattern = fc.oneof(
  path,
  path.map((text) => `${text}*`),
  path.map((text) => `${text}/*`),
);

const gateway = fc
  .record({
    generation: fc.constantFrom('v1' as const, 'v2' as const),
    listeners: fc.array(fc.array(hostPattern, { maxLength: 3 }), { minLength: 1, maxLength: 5 }),
    priorities: fc.array(fc.option(fc.integer({ min: 1, max: 4 })), { minLength: 5, maxLength: 5 }),
    paths: fc.array(fc.array(pathPattern, { minLength: 1, maxLength: 2 }), { maxLength: 6 }),
  })
  .map(
    ({ generation, listeners, priorities, paths }): GatewaySpec => ({
      generation,
      listeners: listeners.map((hosts, index) => ({ name: `listener${index}`, hosts })),
      rules: listeners.map((_, index) => ({
        listener: `listener${index}`,
        priority: priorities[index] ?? null,
        pool: 'default',
        paths: paths.map((patterns) => ({ paths: patterns, pool: 'matched' })),
      })),
    }),
  );

const behaviour = fc.record({
  pathPrecedence: fc.constantFrom('listed' as const, 'exactFirst' as const, 'mostSpecific' as const),
  pathCase: fc.constantFrom('insensitive' as const, 'sensitive' as const),
});

test('the compiled table decides as a scan over all listeners and paths does', () => {
  let matches = 0;
  fc.assert(
    fc.property(gateway, behaviour, hostName, path, (spec, settings, host, asked) => {
      const table = compileRoutingTable(makeGateway(spec), settings);
      const [entryPoint] = table.entryPoints;
      if (entryPoint === undefined) throw new Error('no entry point');
      const route = routeRequest(entryPoint, table, makeRequest({ url: `http://${host}${asked}` }));
      if (spec.generation !== 'v1' && pathFault(asked) !== null) {
        expect(route.outcome).toMatchObject({ kind: 'respond', status: 400 });
        return;
      }
      const listener = scanListeners(entryPoint.routes, host, spec.generation ?? 'v2');
      const form = spec.generation === 'v1' ? asked : normalisePath(asked);
      const candidate = scanPaths(listener?.paths?.candidates ?? [], form, table.behaviour);
      expect(route.listener?.name).toBe(listener?.listener.name);
      expect(route.pathRule).toBe(listener === undefined ? null : (candidate?.pathRule ?? null));
      if (route.pathRule !== null) matches += 1;
    }),
    { numRuns: 3000 },
  );
  expect(matches).toBeGreaterThan(300);
});

/** The rules as documented, with regular expressions and no index. */
function scanListeners(
  routes: readonly ListenerRoute[],
  host: string,
  generation: 'v1' | 'v2',
): ListenerRoute | undefined {
  const tried = routes.flatMap((route, index) => {
    const patterns = route.listener.hostNames.length === 0 ? [null] : route.listener.hostNames;
    return patterns.map((pattern) => ({ route, pattern, key: orderKey(route, pattern, index, generation) }));
  });
  tried.sort((a, b) => a.key.map((part, at) => part - (b.key[at] ?? 0)).find((difference) => difference !== 0) ?? 0);
  return tried.find(({ pattern }) => pattern === null || asExpression(pattern).test(host))?.route;
}

function orderKey({ rule }: ListenerRoute, pattern: string | null, index: number, generation: 'v1' | 'v2'): number[] {
  if (generation === 'v1') return [index];
  if (rule.priority !== null) return [rule.priority, index];
  const vagueness = pattern === null ? 2 : Number(hasWildcard(pattern));
  return [99, vagueness, index];
}

function asExpression(pattern: string): RegExp {
  const source = pattern.replaceAll('.', '\\.').replaceAll('?', '[a-z0-9.-]').replaceAll('*', '[a-z0-9.-]+');
  return new RegExp(`^${source}$`);
}

function scanPaths(
  candidates: readonly PathCandidate[],
  asked: string,
  { pathPrecedence, pathCase }: Behaviour,
): PathCandidate | undefined {
  const fold = (text: string) => (pathCase === 'insensitive' ? text.toLowerCase() : text);
  const fitting = candidates.filter(({ literal, isPrefix }) =>
    isPrefix ? fold(asked).startsWith(fold(literal)) : fold(asked) === fold(literal),
  );
  if (pathPrecedence === 'listed') return fitting[0];
  const exact = fitting.find(({ isPrefix }) => !isPrefix);
  if (exact !== undefined || pathPrecedence === 'exactFirst') return exact ?? fitting[0];
  const longest = Math.max(...fitting.map(({ literal }) => literal.length));
  return fitting.find(({ literal }) => literal.length === longest);
}
