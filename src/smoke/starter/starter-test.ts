import type { RoutingTable } from '../../routing/compile-routing-table.ts';
import { type Explanation, explainClientRequest } from '../../routing/explain.ts';
import { listRoutes, type RouteListing } from '../../routing/list-routes.ts';
import { exampleRequest } from './example-request.ts';

/** A test as it is written into a new test file. */
export interface StarterTest {
  readonly name: string;
  /** Why it cannot be run as it is. */
  readonly skip?: string;
  readonly request: { readonly url: string; readonly frontend?: string };
  readonly expect: Readonly<Record<string, unknown>>;
}

/** A test for each route of a gateway that a request can take: what the gateway does with it now is what is expected. */
export function starterTests(table: RoutingTable): readonly StarterTest[] {
  return listRoutes(table).flatMap((route) => starterTest(route, table) ?? []);
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
  const request = { url: example.url, ...(sharesPort ? { frontend: route.frontendIPConfiguration } : {}) };
  if (demandsCertificate(route, table))
    return { name: `${originOf(route)} demands a client certificate`, request, expect: refused };
  return { name: nameOf(route, explanation), request, expect: expectationsOf(explanation) };
}

/** There is no certificate at hand that its authorities have signed, so what can be seen is the refusal. */
const refused = { status: 400, listener: null, errorInfo: 'ERRORINFO_HTTPS_NO_CERT', backend: null };

function demandsCertificate({ listener, protocol }: RouteListing, { gateway }: RoutingTable): boolean {
  const profile = gateway.httpListeners.find(({ name }) => name === listener)?.sslProfile ?? null;
  if (protocol === 'Http' || profile === null) return false;
  return profile.verifyClientAuthMode === 'Strict' && profile.trustedClientCertificates.length > 0;
}

function isRoute(route: RouteListing, { listener, pathRule, advancedRoutingRule }: Explanation): boolean {
  return (
    listener === route.listener &&
    pathRule === route.pathRule &&
    (advancedRoutingRule ?? null) === route.advancedRoutingRule
  );
}

function originOf({ host, path, port, protocol }: RouteListing): string {
  return `${protocol === 'Https' ? 'https' : 'http'} ${host ?? 'any host'}:${port}${path ?? ''}`;
}

function nameOf(route: RouteListing, { redirect, pool, status }: Explanation): string {
  const from = originOf(route);
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
