import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainClientRequest } from '../../src/routing/explain.ts';
import { decideOn, selectLike } from './decide.ts';
import type { Expectation, Fact } from './facts/fact.ts';
import { facts } from './facts/index.ts';
import { LiveGateway, type Witnessed } from './live-gateway.ts';
import { makeRequest } from './request-fixture.ts';

describe.each(Object.entries(facts))('%s, on real sockets', (_subject, facts) => {
  describe.each(byGateway(facts))('gateway %#', (first, facts) => {
    let live: LiveGateway;
    beforeAll(async () => {
      live = await LiveGateway.start(first);
    });
    afterAll(() => live.dispose());

    test.each(facts.map((fact) => [fact.name, fact] as const))('%s', async (_name, fact) => {
      const witnessed = await live.witness(fact.request);
      expect(selectLike(witnessed.outcome, fact.expect)).toEqual(expectationOf(live, fact, witnessed));
      expectExplained(live, witnessed);
    });
  });
});

/** One gateway serves all facts about it. */
function byGateway(facts: readonly Fact[]): [first: Fact, facts: readonly Fact[]][] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = JSON.stringify([fact.gateway, fact.behaviour]);
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups.values()].flatMap((group) => (group[0] === undefined ? [] : [[group[0], group]]));
}

/** What a fact expects, with the port and the trace that its request really got. */
function expectationOf(live: LiveGateway, fact: Fact, { record }: Witnessed): Expectation {
  if (isAboutTlsOnPaper(fact)) return decideOn({ ...live.entryFor(record.request), request: record.request }, fact);
  const onPaper = makeRequest(fact.request);
  const replaced = JSON.stringify(fact.expect)
    .replaceAll(onPaper.traceId, record.request.traceId)
    .replaceAll(String(onPaper.clientPort), String(record.request.clientPort));
  return JSON.parse(replaced) as Expectation;
}

/** Certificates and offers of cipher suites are described in requests on paper, and not made for real ones. */
function isAboutTlsOnPaper({ request, expect: { toServer = {} } }: Fact): boolean {
  return request.url.startsWith('https:') && /client-certificate|ciphers-supported/.test(Object.keys(toServer).join());
}

/** The explanation of a request that arrived tells what became of it. */
function expectExplained(live: LiveGateway, { outcome, record, receivedByServer, isAnswered }: Witnessed): void {
  const { table, entryPoint } = live.entryFor(record.request);
  const {
    requestHeaders,
    advancedRoutingRule = null,
    ...explained
  } = explainClientRequest(table, entryPoint, record.request);
  const { status = null, location } = outcome;
  const isPassedOn = receivedByServer !== null;
  expect(explained).toMatchObject({
    listener: outcome.listener ?? null,
    rule: outcome.rule ?? null,
    pathRule: outcome.pathRule ?? null,
    pool: outcome.pool ?? null,
    settings: outcome.settings ?? null,
    status: isPassedOn || !isAnswered ? null : status,
    redirect: isPassedOn || location === undefined ? null : { status, location },
  });
  expect(advancedRoutingRule).toBe(outcome.advancedRoutingRule ?? null);
  expect(foldNames(requestHeaders)).toEqual(foldNames(outcome.toServer));
}

/** Undici writes the name of Host in lower case; several lines of one name are joined in two ways. */
function foldNames(headers: Readonly<Record<string, string | null>> | null = {}): Record<string, string> {
  const lines = Object.entries(headers ?? {});
  return Object.fromEntries(lines.map(([name, value]) => [name.toLowerCase(), `${value}`.replaceAll(' | ', ', ')]));
}
