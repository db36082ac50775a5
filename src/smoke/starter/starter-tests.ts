import { stringify } from 'yaml';
import type { RoutingTable } from '../../routing/compile-routing-table.ts';
import { type Explanation, explainClientRequest } from '../../routing/explain.ts';
import { listRoutes, type RouteListing } from '../../routing/list-routes.ts';
import { exampleRequest } from './example-request.ts';

/** A test as it is written into a new test file. */
interface StarterTest {
  readonly name: string;
  readonly request: { readonly url: string; readonly frontend?: string };
  readonly expect: Readonly<Record<string, unknown>>;
}

/**
 * The text of a test file with a case for each route of a gateway that a request can take, as a starting point: what
 * the gateway does with it now is what is expected.
 */
export function renderStarterTests(table: RoutingTable, template: string): string {
  const tests = listRoutes(table).flatMap((route) => starterTest(route, table) ?? []);
  const head = [
    `# agate test ${template}`,
    '#',
    '# A case for each route of the template as it is. Change what is expected to what you want to be sure of;',
    '# docs/test-files.md tells what else can be expected: headers, rewrites, what servers receive, dead servers, WebSocket.',
    '',
  ];
  return `${head.join('\n')}${stringify({ tests: uniquelyNamed(tests) }, { lineWidth: 120 })}`;
}

function starterTest(route: RouteListing, table: RoutingTable): StarterTest | undefined {
  const entryPoint = table.entryPoints.find(
    ({ port, frontendIPConfiguration }) =>
      port === route.port && frontendIPConfiguration.name === route.frontendIPConfiguration,
  );
  const example = exampleRequest(route);
  if (entryPoint === undefined || example === undefined) return undefined;
  const explanation = explainClientRequest(table, entryPoint, example.request);
  // Another route takes the request first; that one has a case of its own.
  if (!isRoute(route, explanation)) return undefined;
  const sharesPort = table.entryPoints.some((other) => other !== entryPoint && other.port === route.port);
  return {
    name: nameOf(route, explanation),
    request: { url: example.url, ...(sharesPort ? { frontend: route.frontendIPConfiguration } : {}) },
    expect: expectationsOf(explanation),
  };
}

function isRoute(route: RouteListing, { listener, pathRule, advancedRoutingRule }: Explanation): boolean {
  return (
    listener === route.listener && pathRule === route.pathRule && advancedRoutingRule === route.advancedRoutingRule
  );
}

function nameOf({ host, path, port, protocol }: RouteListing, { redirect, pool, status }: Explanation): string {
  const from = `${protocol === 'Https' ? 'https' : 'http'} ${host ?? 'any host'}:${port}${path ?? ''}`;
  if (redirect !== null) return `${from} is redirected`;
  return pool === null ? `${from} is answered with ${status}` : `${from} goes to ${pool}`;
}

function expectationsOf({
  listener,
  rule,
  pathRule,
  redirect,
  pool,
  settings,
  status,
}: Explanation): StarterTest['expect'] {
  const common = { listener, rule, ...(pathRule === null ? {} : { pathRule }) };
  if (redirect !== null) return { status: redirect.status, ...common, redirect: redirect.location };
  return {
    status: status ?? 200,
    ...common,
    ...(pool === null ? {} : { pool }),
    ...(settings === null ? {} : { settings }),
  };
}

/** Routes of several listeners may read the same. */
function uniquelyNamed(tests: readonly StarterTest[]): readonly StarterTest[] {
  const counts = new Map<string, number>();
  return tests.map((test) => {
    const count = (counts.get(test.name) ?? 0) + 1;
    counts.set(test.name, count);
    return count === 1 ? test : { ...test, name: `${test.name} (${count})` };
  });
}
