import { backendTargetsOf } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6024',
  id: 'no-connection-draining',
  severity: 'info',
  category: 'backends',
  title: 'Servers that leave finish their requests',
  why: 'Without connection draining, requests in flight are cut 30 seconds after their server was taken out.',
  source: 'https://learn.microsoft.com/azure/application-gateway/features#connection-draining',
  sameAs: ['APRL 10f02bc6-e2e7-004d-a2c2-f9bf9f16b915'],
  check({ gateway, raw, report }) {
    const used = new Set(backendTargetsOf(gateway).map(({ target }) => target.backendHttpSettings));
    for (const settings of used) {
      if (settings === null || settings.connectionDraining.enabled) continue;
      const draining = raw(settings.origin, 'properties', 'connectionDraining');
      report(
        draining.isGiven ? draining : settings.origin,
        `Backend settings '${settings.name}' do not drain connections; enable 'connectionDraining'.`,
        { basedOn: [draining, draining.member('enabled')] },
      );
    }
  },
});
