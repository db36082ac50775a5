import { chooseGateway } from '../gateway/choose-gateway.ts';
import { loadGateways } from '../gateway/load-gateways.ts';
import type { Behaviour } from '../routing/behaviour.ts';
import { compileRoutingTable } from '../routing/compile-routing-table.ts';
import type { RequestFacts } from '../routing/described-request.ts';
import { type Explanation, explainRequest as explainByTable } from '../routing/explain.ts';
import { openTemplate, type TemplateOptions } from './template-options.ts';

export interface ExplainOptions extends TemplateOptions {
  readonly request: Omit<RequestFacts, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };
  /** Choices where Azure's documents leave the gateway's behaviour open. */
  readonly behaviour?: Partial<Behaviour>;
}

/**
 * Tells how one request would be routed, and why, without a socket.
 *
 * @throws EmulatorError `NotAGateway` when there is no gateway to ask
 * @example
 * const { pool } = await explainRequest({ template: 'azuredeploy.json', request: { url: 'https://shop.contoso.com/' } });
 */
export async function explainRequest(options: ExplainOptions): Promise<Explanation> {
  const opened = await openTemplate(options, { standIns: true, placeholders: true });
  const { gateways } = loadGateways(opened.value).value;
  const { gateway } = chooseGateway(gateways, options.gateway, nameOf(options.template));
  // Callers in JavaScript may leave the request out, and hear what its URL has to be.
  const headers = Object.entries(options.request?.headers ?? {});
  return explainByTable(compileRoutingTable(gateway, options.behaviour), { ...options.request, headers });
}

function nameOf(template: string | object): string {
  return typeof template === 'string' && !template.includes('{') ? template : 'the template';
}
