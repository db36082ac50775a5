import { hostPatternCovers } from '../../facts/host-pattern.ts';
import { hostNamesOf } from '../../facts/listener-host-names.ts';
import { quotedList } from '../../facts/names.ts';
import { targetsOfRule } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2012',
  id: 'redirect-host-not-served',
  severity: 'warning',
  category: 'redirects',
  title: 'The target listener of a redirect serves the host names of its source',
  why: "A redirect to a listener keeps the client's host name; a target that does not listen for it answers 404 or is somebody else's site.",
  source: 'https://learn.microsoft.com/azure/application-gateway/redirect-overview',
  check({ gateway, raw, report }) {
    for (const rule of gateway.requestRoutingRules) {
      const source = rule.httpListener;
      if (source === null) continue;
      for (const { target } of targetsOfRule(rule)) {
        if (target.kind !== 'redirect' || target.redirectConfiguration.target?.kind !== 'listener') continue;
        const { redirectConfiguration } = target;
        const { listener } = target.redirectConfiguration.target;
        const lost = source.hostNames.filter(
          (name) => !listener.hostNames.some((wide) => hostPatternCovers(wide, name)),
        );
        if (lost.length === 0 || listener.hostNames.length === 0) continue;
        const message = `Redirect '${redirectConfiguration.name}' of rule '${rule.name}' leads requests for ${quotedList(lost)} to listener '${listener.name}', which listens for ${quotedList(listener.hostNames)} only.`;
        report(redirectConfiguration.origin, message, {
          related: [{ message: `Listener '${source.name}' is here.`, place: source.origin }],
          basedOn: [source, listener].flatMap((one) => hostNamesOf(raw, one)),
        });
      }
    }
  },
});
