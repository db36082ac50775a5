import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2062',
  id: 'error-page-without-effect',
  severity: 'warning',
  category: 'operations',
  title: 'Error pages are for errors that the gateway answers itself',
  why: 'The API takes HttpStatus404, but Azure shows no page for it.',
  source: 'https://learn.microsoft.com/azure/application-gateway/custom-error',
  check({ gateway, raw, report }) {
    for (const page of [gateway, ...gateway.httpListeners].flatMap((owner) => owner.customErrorConfigurations)) {
      if (page.statusCode !== 404) continue;
      report(
        raw(page.origin, 'statusCode'),
        'An error page for 404 has no effect; Azure shows pages for 400, 403, 405, 408, 500, 502, 503 and 504.',
      );
    }
  },
});
