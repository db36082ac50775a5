import { describe, expect, test } from 'vitest';
import { build, gatewayProperties, ref } from './gateway-json.ts';

const settings = ref('backendHttpSettingsCollection', 'plain');
const backend = { backendAddressPool: ref('backendAddressPools', 'web'), backendHttpSettings: settings };

function rule(name: string, priority: number, conditionSet: string | undefined) {
  const set =
    conditionSet === undefined
      ? {}
      : { advancedRoutingConditionSet: ref('advancedRoutingConditionSets', conditionSet) };
  return { name, properties: { priority, ...backend, ...set } };
}

const beta = {
  name: 'beta',
  properties: {
    routingConditions: [
      { conditionType: 'header', propertyName: 'X-Beta', propertyValues: ['on'] },
      { conditionType: 'Path', propertyValueMatcher: { pattern: '^/b', ignoreCase: true } },
      { conditionType: 'Weather', propertyValues: ['fine'] },
    ],
  },
};

function buildMap(...rules: readonly object[]) {
  return build(
    gatewayProperties({
      advancedRoutingConditionSets: [beta],
      advancedRoutingMaps: [
        {
          name: 'advanced',
          properties: {
            defaultRedirectConfiguration: ref('redirectConfigurations', 'away'),
            advancedRoutingRules: rules,
          },
        },
      ],
      requestRoutingRules: [
        {
          name: 'rule',
          properties: {
            ruleType: 'AdvancedRouting',
            httpListener: ref('httpListeners', 'site'),
            advancedRoutingMap: ref('advancedRoutingMaps', 'advanced'),
          },
        },
      ],
    }),
  );
}

describe('advanced routing', () => {
  test('a rule has its map, with rules by priority and a default', () => {
    const { gateway, diagnostics } = buildMap(rule('second', 20, undefined), rule('first', 10, 'beta'));
    expect(diagnostics).toEqual([]);
    const map = gateway.requestRoutingRules[0]?.advancedRoutingMap;
    expect(map?.name).toBe('advanced');
    expect(map?.advancedRoutingRules.map(({ name, priority }) => [name, priority])).toEqual([
      ['first', 10],
      ['second', 20],
    ]);
    expect(map?.defaultTarget).toMatchObject({ kind: 'redirect', redirectConfiguration: { name: 'away' } });
    expect(map?.advancedRoutingRules[0]?.target).toMatchObject({ backendAddressPool: { name: 'web' } });
    expect(gateway.notEmulated).toEqual([]);
  });

  test('conditions have what their type needs; a type that does not exist is none', () => {
    const { gateway } = buildMap(rule('first', 10, 'beta'));
    const conditions = gateway.advancedRoutingConditionSets[0]?.routingConditions.map(({ origin: _, ...rest }) => rest);
    expect(conditions).toEqual([
      { conditionType: 'Header', propertyName: 'X-Beta', propertyValues: ['on'], propertyValueMatcher: null },
      {
        conditionType: 'Path',
        propertyName: null,
        propertyValues: [],
        propertyValueMatcher: { pattern: '^/b', ignoreCase: true, negate: false },
      },
      { conditionType: null, propertyName: null, propertyValues: ['fine'], propertyValueMatcher: null },
    ]);
  });

  test('a rule with conditions that do not exist is reported and takes nothing', () => {
    const { gateway, diagnostics } = buildMap(rule('first', 10, 'gone'), rule('second', 20, undefined));
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining("'gone'")]);
    expect(gateway.advancedRoutingMaps[0]?.advancedRoutingRules.map(({ name }) => name)).toEqual(['second']);
  });
});
