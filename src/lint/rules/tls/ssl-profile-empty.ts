import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5105',
  id: 'ssl-profile-empty',
  severity: 'error',
  category: 'tls',
  title: 'An SSL profile has a TLS policy or client certificates',
  why: 'Azure refuses a profile that says nothing.',
  source: 'https://learn.microsoft.com/azure/application-gateway/mutual-authentication-overview',
  azureMessage: 'SslProfile {gatewayName}/{profile} must specify either SslPolicy or TrustedClientCertificates.',
  check({ gateway, raw, report }) {
    for (const profile of gateway.sslProfiles) {
      const properties = raw(profile.origin, 'properties');
      if (properties.member('sslPolicy').isGiven || properties.member('trustedClientCertificates').items().length > 0)
        continue;
      if (profile.verifyClientAuthMode === 'Passthrough') continue;
      report(profile.origin, `SSL profile '${profile.name}' has neither 'sslPolicy' nor 'trustedClientCertificates'.`, {
        azureValues: { profile: profile.name },
      });
    }
  },
});
