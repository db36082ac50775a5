import { expect, test } from 'vitest';
import { compileRewriteRuleSet } from '../../src/rewrite/compile-rewrite-rule-set.ts';
import { serverVariableNames } from '../../src/rewrite/server-variables.ts';
import { makeGateway, type RewriteSpec } from '../routing/gateway-fixture.ts';

function compile(...rules: readonly RewriteSpec[]) {
  const [ruleSet] = makeGateway({ rewrites: { set: rules } }).rewriteRuleSets;
  if (ruleSet === undefined) throw new Error('the fixture made no rewrite set');
  const { value, diagnostics } = compileRewriteRuleSet(ruleSet);
  return {
    rules: value.rules.map(({ rule }) => rule.name),
    problems: diagnostics.map(({ code, severity, message }) => `${code} ${severity}: ${message}`),
  };
}

test('a rule with a pattern that RE2 refuses is left out and reported; the others stay', () => {
  const refused = { when: [{ variable: 'var_host', pattern: 'a(?=b)' }], path: '/x' };
  expect(compile(refused, { name: 'kept', path: '/y' })).toEqual({
    rules: ['kept'],
    problems: [
      "AGW7002 error: Rewrite rule 'rewrite1' of set 'set': the pattern 'a(?=b)' is not one for RE2 " +
        '(error parsing regexp: invalid or unsupported Perl syntax: `(?=`), so it never runs.',
    ],
  });
});

test('a matcher that RE2 refuses is reported as well', () => {
  const { rules, problems } = compile({ response: [['Set-Cookie', 'x', { pattern: '(' }]] });
  expect(rules).toEqual([]);
  expect(problems).toEqual([expect.stringContaining("the pattern '(' is not one for RE2")]);
});

test('a condition on an unknown variable is reported', () => {
  const { rules, problems } = compile({ when: [{ variable: 'var_uri', pattern: '.' }], path: '/x' });
  expect(rules).toEqual([]);
  expect(problems).toEqual([
    "AGW7003 error: Rewrite rule 'rewrite1' of set 'set': 'var_uri' is no variable of the gateway's, so the rule never runs.",
  ]);
});

test('a placeholder for an unknown variable is reported, and the rule runs', () => {
  const { rules, problems } = compile({ path: '/{var_path}' });
  expect(rules).toEqual(['rewrite1']);
  expect(problems).toEqual([
    "AGW7003 error: Rewrite rule 'rewrite1' of set 'set': '{var_path}' is no variable of the gateway's, so it stands for nothing.",
  ]);
});

// https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#server-variables
test.each(serverVariableNames)('var_%s is known', (name) => {
  const variable = name.endsWith('_') ? `var_${name}session` : `var_${name}`;
  expect(compile({ when: [{ variable, pattern: '.' }], path: `/{${variable}}` }).problems).toEqual([]);
});
