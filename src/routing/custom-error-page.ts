import type { CustomErrorConfiguration, Gateway, HttpListener } from '../gateway/model.ts';

/** Azure shows pages for these only. https://learn.microsoft.com/azure/application-gateway/custom-error */
const statusesWithPages: ReadonlySet<number> = new Set([400, 403, 405, 408, 500, 502, 503, 504]);

/**
 * The page that takes the place of the gateway's own text for a status. A listener with any page of its own does not
 * use those of the gateway.
 * https://learn.microsoft.com/azure/application-gateway/custom-error
 */
export function customErrorPage(
  gateway: Gateway,
  listener: HttpListener | null,
  status: number,
): CustomErrorConfiguration | null {
  if (!statusesWithPages.has(status)) return null;
  const own = listener?.customErrorConfigurations ?? [];
  const configurations = own.length > 0 ? own : gateway.customErrorConfigurations;
  return configurations.find((configuration) => configuration.statusCode === status) ?? null;
}
