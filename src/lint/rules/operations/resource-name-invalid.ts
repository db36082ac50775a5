import { collectionLabels } from '../../../gateway/build/collections.ts';
import type { Raw } from '../../raw.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5140',
  id: 'resource-name-invalid',
  severity: 'error',
  category: 'operations',
  title: 'Names have up to 80 letters, digits, dots, hyphens and underscores',
  why: "Azure refuses other names: they begin with a letter or digit and end with one or with '_'.",
  source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork',
  azureCode: 'InvalidResourceName',
  azureMessage:
    "Resource name {name} is invalid. The name can be up to 80 characters long. It must begin with a word character, and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'.",
  sameAs: ['AZR-000348'],
  check(context) {
    const { gateway, raw, report } = context;
    const own = faultOf(gateway.name);
    if (own !== undefined)
      report(raw(gateway.origin, 'name'), `Name '${gateway.name}' ${own}.`, { azureValues: { name: gateway.name } });
    for (const name of namesIn(context)) {
      const fault = name.text ? faultOf(name.text) : undefined;
      if (name.text && fault !== undefined)
        report(name, `Name '${name.text}' ${fault}.`, { azureValues: { name: name.text } });
    }
  },
});

/** Everything with a name, what the model does not keep included. */
function namesIn({ gateway, raw }: RuleContext): readonly Raw[] {
  const properties = raw(gateway.origin, 'properties');
  const items = Object.keys(collectionLabels).flatMap((collection) => properties.member(collection).items());
  const children = items.flatMap((item) =>
    ['pathRules', 'advancedRoutingRules'].flatMap((member) => item.at('properties', member).items()),
  );
  return [...items, ...children].map((item) => item.member('name'));
}

function faultOf(name: string): string | undefined {
  if (name.length > 80) return `has ${name.length} characters; 80 is the most`;
  if (/[^\p{L}\p{N}_.-]/u.test(name)) return "has characters other than letters, digits, '.', '-' and '_'";
  if (!/^[\p{L}\p{N}_]/u.test(name)) return 'does not begin with a letter or digit';
  return /[\p{L}\p{N}_]$/u.test(name) ? undefined : "does not end with a letter, digit or '_'";
}
