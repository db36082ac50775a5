import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2006',
  id: 'host-name-never-matches',
  severity: 'warning',
  category: 'listeners',
  title: 'A host name is a name only',
  why: 'Azure compares the name that a client asks for, without scheme, port and path: a host name with one of these fits no request.',
  source: 'https://learn.microsoft.com/azure/application-gateway/multiple-site-overview',
  check({ gateway, report }) {
    for (const listener of gateway.httpListeners) {
      for (const name of listener.hostNames) {
        const fault = faultOf(name);
        if (fault !== undefined) {
          report(
            listener.origin,
            `Host name '${name}' of listener '${listener.name}' has ${fault} and fits no request.`,
          );
        }
      }
    }
  },
});

function faultOf(name: string): string | undefined {
  if (/^[a-z]+:\/\//i.test(name)) return 'a scheme';
  if (name.includes('/')) return 'a path';
  if (/:\d+$/.test(name)) return 'a port';
  if (name.endsWith('.')) return 'a dot at its end';
  return /\s/.test(name) ? 'a blank' : undefined;
}
