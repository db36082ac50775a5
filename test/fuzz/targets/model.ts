import { parse } from 'jsonc-parser';
import { CaseInsensitiveMap } from '../../../src/base/case-insensitive-map.ts';
import { EmulatorError } from '../../../src/base/errors.ts';
import { SourceText } from '../../../src/base/span.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { loadGateways } from '../../../src/gateway/load-gateways.ts';
import type { Gateway } from '../../../src/gateway/model.ts';
import { compileRoutingTable } from '../../../src/routing/compile-routing-table.ts';
import { explainRequest } from '../../../src/routing/explain.ts';
import { listRoutes } from '../../../src/routing/list-routes.ts';
import { stoppedClock } from '../../lint/lint-text.ts';
import { textsBelow } from '../corpus.ts';
import { type Json, mutatedJson } from '../mutated-json.ts';
import { defineTarget } from '../target.ts';

const documents = [...textsBelow('fixtures/rules', 'good.json'), ...textsBelow('fixtures/example', '.json')].map(
  (text): Json => parse(text, [], { allowTrailingComma: true }),
);

const urls = [
  'http://a/',
  'https://shop.contoso.com/images/a?b=c',
  'http://[::1]:8080/%2e%2e/',
  'http://b.localhost/x',
];

/** Starting listens on ports: one gateway in so many. */
const startsOneIn = 20;

export const model = defineTarget({
  name: 'model',
  holds: 'whatever a template deploys becomes a gateway that routes, explains and starts, or is refused with a reason',
  inputs: mutatedJson(documents, (path) => path.startsWith('.resources.')),
  open: () => {
    let run = 0;
    return Promise.resolve({
      examine: async (document: Json) => {
        for (const gateway of gatewaysOf(document)) {
          explore(gateway);
          if (run++ % startsOneIn === 0) await start(gateway);
        }
      },
      close: () => Promise.resolve(),
    });
  },
});

function gatewaysOf(document: Json): Gateway[] {
  const { value } = loadGateways({
    document: new SourceText('azuredeploy.json', JSON.stringify(document)),
    parameters: new CaseInsensitiveMap(),
    context: {},
    clock: stoppedClock,
    standIns: true,
    placeholders: true,
  });
  return value.gateways.map(({ gateway }) => gateway);
}

function explore(gateway: Gateway): void {
  const table = compileRoutingTable(gateway);
  listRoutes(table);
  for (const url of urls) explainRequest(table, { url });
}

async function start(gateway: Gateway): Promise<void> {
  try {
    const emulator = await startEmulator({ gateway, listen: { all: 0 }, readyTimeoutMilliseconds: 100 });
    await emulator.dispose(0);
  } catch (error) {
    if (!(error instanceof EmulatorError)) throw error;
  }
}
