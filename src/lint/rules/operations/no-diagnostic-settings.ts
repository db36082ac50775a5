import { foldId } from '../../../base/resource-id.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6025',
  id: 'no-diagnostic-settings',
  severity: 'info',
  category: 'operations',
  title: 'A gateway sends its logs somewhere',
  why: 'Access and firewall logs exist only where diagnostic settings send them.',
  source: 'https://learn.microsoft.com/azure/application-gateway/monitor-application-gateway',
  sameAs: ['azqr agw-005', 'APRL 5d035919'],
  check({ gateway, resource, graph, report }) {
    // A gateway alone, as Azure answers it, cannot show them.
    if (graph.resources.length === 1) return;
    const prefix = foldId(`${resource.id}/providers/Microsoft.Insights/diagnosticSettings/`);
    const has = graph.resources.some(
      ({ id, type }) => /diagnosticSettings$/i.test(type) && foldId(id).startsWith(prefix),
    );
    if (!has)
      report(
        gateway.origin,
        `Gateway '${gateway.name}' has no diagnostic settings in this template; its logs go nowhere unless they are set elsewhere.`,
      );
  },
});
