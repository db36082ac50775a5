import type { PropertyReader } from '../../resources/property-reader.ts';
import type { HeaderAction, RewriteCondition, RewriteRule, RewriteRuleSet, UrlAction } from '../model.ts';
import { type Entry, originOf } from './entries.ts';
import { buildValueMatcher } from './value-matcher.ts';

// The portal's value for a rule without one.
const defaultRuleSequence = 100;

export function buildRewriteRuleSet({ common, properties }: Entry): RewriteRuleSet {
  const rules = properties.objects('rewriteRules').map(buildRewriteRule);
  // A stable sort: rules with the same sequence keep the order in which they are listed.
  return { ...common, rewriteRules: rules.sort((a, b) => a.ruleSequence - b.ruleSequence) };
}

function buildRewriteRule(rule: PropertyReader): RewriteRule {
  const actions = rule.object('actionSet');
  return {
    name: rule.string('name') ?? '',
    ruleSequence: rule.integer('ruleSequence') ?? defaultRuleSequence,
    conditions: rule.objects('conditions').map(buildCondition),
    requestHeaders: actions.objects('requestHeaderConfigurations').map(buildHeaderAction),
    responseHeaders: actions.objects('responseHeaderConfigurations').map(buildHeaderAction),
    url: actions.has('urlConfiguration') ? buildUrlAction(actions.object('urlConfiguration')) : null,
    origin: originOf(rule),
  };
}

function buildCondition(condition: PropertyReader): RewriteCondition {
  return { variable: condition.string('variable') ?? '', ...buildValueMatcher(condition), origin: originOf(condition) };
}

function buildHeaderAction(action: PropertyReader): HeaderAction {
  return {
    headerName: action.string('headerName') ?? '',
    headerValue: action.string('headerValue') ?? '',
    headerValueMatcher: action.has('headerValueMatcher')
      ? buildValueMatcher(action.object('headerValueMatcher'))
      : null,
    origin: originOf(action),
  };
}

function buildUrlAction(configuration: PropertyReader): UrlAction {
  return {
    // There is no empty path; tools that know only text write "" for "as it is".
    modifiedPath: configuration.text('modifiedPath'),
    modifiedQueryString: configuration.string('modifiedQueryString'),
    reroute: configuration.boolean('reroute') ?? false,
    origin: originOf(configuration),
  };
}
