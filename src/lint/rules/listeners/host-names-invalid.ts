import { hasWildcard } from '../../../routing/match-host.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5034',
  id: 'host-names-invalid',
  severity: 'error',
  category: 'listeners',
  title: "'hostNames' holds up to five names, wildcards within their limits",
  why: 'Azure takes letters, digits, hyphens and dots, at most one * a label and two a name, and four wildcard characters a name.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/multiple-site-overview#wildcard-host-names-in-listener',
  check({ gateway, raw, report }) {
    for (const listener of gateway.httpListeners) {
      const names = raw(listener.origin, 'properties', 'hostNames');
      const single = raw(listener.origin, 'properties', 'hostName');
      if (names.items().length > 5) {
        report(names, `Listener '${listener.name}' has ${names.items().length} host names; 5 is the most.`);
      }
      for (const name of names.items()) {
        const fault = faultOf(name.text ?? '');
        if (fault !== undefined) report(name, `Host name '${name.text}' of listener '${listener.name}' ${fault}.`);
      }
      if (single.text !== undefined && hasWildcard(single.text)) {
        report(single, `'hostName' of listener '${listener.name}' is '${single.text}'; wildcards go into 'hostNames'.`);
      }
    }
  },
});

/** What is wrong with a host name; undefined when nothing is. A port, a scheme and a final dot have a rule of their own. */
function faultOf(name: string): string | undefined {
  const labels = name.split('.');
  const stars = name.split('*').length - 1;
  const wildcards = stars + name.split('?').length - 1;
  if (/[^A-Za-z0-9\-.*?:/]/.test(name)) return "has characters other than letters, digits, '-', '.', '*' and '?'";
  if (labels.some((label) => label.split('*').length > 2)) return 'has more than one * in a label';
  if (/\*\?|\?\*/.test(name)) return 'has * and ? beside each other';
  if (stars > 2) return `has ${stars} asterisks; 2 is the most`;
  if (wildcards > 4) return `has ${wildcards} wildcard characters; 4 is the most`;
  return undefined;
}
