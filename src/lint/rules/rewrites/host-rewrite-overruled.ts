import type { BackendHttpSettings, HeaderAction, RewriteRuleSet } from '../../../gateway/model.ts';
import { describeOwner, targetsOf } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2028',
  id: 'host-rewrite-overruled',
  severity: 'warning',
  category: 'rewrites',
  appliesTo: 'v2',
  title: "'Host' comes from the rewrite or from the backend settings",
  why: 'Where a rewrite sets Host and the backend settings name one as well, Microsoft does not say which of them the server sees.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#host-name-override',
  check({ gateway, raw, report }) {
    const reported = new Set<HeaderAction>();
    for (const owner of targetsOf(gateway)) {
      if (owner.target.kind !== 'backend') continue;
      const { backendHttpSettings: settings, rewriteRuleSet } = owner.target;
      const source = settings === null ? undefined : hostSource(settings);
      if (settings === null || rewriteRuleSet === null || source === undefined) continue;
      for (const action of hostActions(rewriteRuleSet)) {
        if (reported.has(action)) continue;
        reported.add(action);
        report(
          raw(action.origin, 'headerName'),
          `${describeOwner(owner)} sets 'Host' by rewrite set '${rewriteRuleSet.name}' and by '${source}' of backend settings '${settings.name}'; leave one of them out.`,
          {
            related: [{ message: `Backend settings '${settings.name}' are here.`, place: settings.origin }],
            basedOn: [raw(settings.origin, 'properties', source)],
          },
        );
      }
    }
  },
});

function hostSource(settings: BackendHttpSettings): string | undefined {
  if (settings.hostName) return 'hostName';
  return settings.pickHostNameFromBackendAddress ? 'pickHostNameFromBackendAddress' : undefined;
}

function hostActions({ rewriteRules }: RewriteRuleSet): readonly HeaderAction[] {
  return rewriteRules.flatMap(({ requestHeaders }) =>
    requestHeaders.filter(({ headerName }) => headerName.toLowerCase() === 'host'),
  );
}
