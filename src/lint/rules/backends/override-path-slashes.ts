import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2044',
  id: 'override-path-slashes',
  severity: 'warning',
  category: 'backends',
  title: 'An override path begins and ends with a slash',
  why: 'The rest of the path is put behind it as it is.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#override-backend-path',
  check({ gateway, raw, report }) {
    for (const { path, name, origin } of gateway.backendHttpSettingsCollection) {
      if (path === null || (path.startsWith('/') && path.endsWith('/'))) continue;
      const expected = `/${path.replace(/^\/+|\/+$/g, '')}/`;
      report(
        raw(origin, 'properties', 'path'),
        `Override path '${path}' of backend settings '${name}' should be '${expected}'.`,
        { right: path.includes(':') ? undefined : expected },
      );
    }
  },
});
