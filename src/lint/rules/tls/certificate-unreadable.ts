import { openSslCertificate } from '../../facts/certificates.ts';
import { defineRule } from '../../rule.ts';

const faults = {
  wrongPassword: {
    text: "cannot be opened with its 'password'",
    azureCode: 'ApplicationGatewaySslCertificatePasswordIncorrect',
    azureMessage: 'Password specified for certificate {id} is incorrect.',
  },
  unreadable: {
    text: 'is no PFX file',
    azureCode: 'ApplicationGatewaySslCertificateInvalidData',
    azureMessage: 'Data or Password for certificate {id} is invalid.',
  },
} as const;

export const rule = defineRule({
  code: 'AGW5112',
  id: 'certificate-unreadable',
  severity: 'error',
  category: 'tls',
  title: 'A PFX file opens with its password and holds a private key',
  why: 'Azure opens the file when the gateway is deployed, and refuses one that does not open or has no key.',
  source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/6457',
  azureCode: 'ApplicationGatewaySslCertificatePasswordIncorrect',
  azureMessage: faults.wrongPassword.azureMessage,
  check(context) {
    for (const certificate of context.gateway.sslCertificates) {
      const opened = openSslCertificate(context, certificate);
      const place = context.raw(certificate.origin, 'properties', 'data');
      if (opened === undefined) continue;
      if (opened.kind !== 'opened') {
        const { text, ...azure } = faults[opened.kind];
        context.report(place, `'data' of certificate '${certificate.name}' ${text}.`, azure);
      } else if (!opened.hasPrivateKey) {
        const azureCode = 'ApplicationGatewaySslCertificateInvalidData';
        context.report(
          place,
          `'data' of certificate '${certificate.name}' holds no private key; export it with its key.`,
          { azureCode, azureMessage: 'Certificate {id} does not have Private Key.' },
        );
      }
    }
  },
});
