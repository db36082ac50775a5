import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5070',
  id: 'probe-protocol-mismatch',
  severity: 'error',
  category: 'probes',
  title: 'A probe speaks the protocol of its backend settings',
  why: 'A probe tests the way that requests take; Azure refuses one that takes another.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview',
  azureCode: 'ApplicationGatewayProbeProtocolMustMatchBackendHttpSettinsProtocol',
  azureMessage:
    'Probe {probe} protocol ({probeProtocol}) does not match Backend Http Setting {settings} protocol ({protocol}).',
  check({ gateway, raw, report }) {
    for (const settings of gateway.backendHttpSettingsCollection) {
      const { probe, protocol } = settings;
      if (probe === null || probe.protocol === protocol) continue;
      const message = `Probe '${probe.name}' speaks ${probe.protocol}, but backend settings '${settings.name}' speak ${protocol}.`;
      report(raw(settings.origin, 'properties', 'probe'), message, {
        azureValues: { probe: probe.id, probeProtocol: probe.protocol, settings: settings.id, protocol },
        related: [{ message: `Probe '${probe.name}' is here.`, place: raw(probe.origin, 'properties', 'protocol') }],
      });
    }
  },
});
