import type { CustomErrorConfiguration } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5120',
  id: 'custom-error-page-invalid',
  severity: 'error',
  category: 'operations',
  title: 'A custom error page is an .htm or .html file on the web',
  why: 'Azure fetches the page when the gateway is deployed, and refuses what it cannot fetch.',
  source: 'https://learn.microsoft.com/azure/application-gateway/custom-error',
  check({ gateway, raw, report }) {
    const all = [gateway, ...gateway.httpListeners].flatMap((owner) => owner.customErrorConfigurations);
    for (const page of all) {
      const fault = faultOf(page);
      const place = raw(page.origin, 'customErrorPageUrl');
      if (fault !== undefined && !place.isSecret) report(place, `The error page for ${page.statusCode} ${fault}.`);
    }
  },
});

function faultOf({ customErrorPageUrl: url }: CustomErrorConfiguration): string | undefined {
  if (url === '') return "has no 'customErrorPageUrl'";
  if (!/^https?:\/\//i.test(url)) return `is '${url}', which is no http or https URL`;
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return /\.html?$/i.test(path) ? undefined : `is '${url}', which does not end in .htm or .html`;
}
