import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SourceText } from '../../src/base/span.ts';
import { parseConfig } from '../../src/input/parse-config.ts';
import { behaviourChoices, defaultBehaviour } from '../../src/routing/behaviour.ts';
import { renderSupport, replaceSection } from '../tools/generate-support.ts';

const page = readFileSync(new URL('../../docs/differences.md', import.meta.url), 'utf8');

test('the page lists every setting with its values, the default first', () => {
  const documented = [...page.matchAll(/^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|/gm)].map(([, name = '', values = '']) => {
    return [name, [...values.matchAll(/`(\w+)`/g)].map(([, value]) => value)] as const;
  });
  expect(documented.map(([name]) => name)).toEqual(Object.keys(behaviourChoices));
  for (const [name, values] of documented) {
    const choices = behaviourChoices[name as keyof typeof behaviourChoices].map(String);
    expect(values[0]).toBe(String(defaultBehaviour[name as keyof typeof defaultBehaviour]));
    expect([...values].sort()).toEqual([...choices].sort());
  }
});

test('the examples of agate.yaml on the page are right', () => {
  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(examples).toHaveLength(2);
  for (const text of examples) {
    expect(parseConfig(new SourceText('agate.yaml', text)).diagnostics).toEqual([]);
  }
});

test('the table of features stands between its marks', () => {
  const table = renderSupport([
    { feature: 'whole', state: 'emulated', consequence: 'All.' },
    { feature: 'none', state: 'not emulated', consequence: 'A | B.' },
  ]);
  expect(
    replaceSection('page.md', 'a\n<!-- support:begin -->\nold\n<!-- support:end -->\nb', table).split('\n'),
  ).toEqual([
    'a',
    '<!-- support:begin -->',
    '',
    '| Feature | State | What that means |',
    '|---|---|---|',
    '| `none` | **not emulated** | A \\| B. |',
    '| `whole` | emulated | All. |',
    '',
    '<!-- support:end -->',
    'b',
  ]);
  expect(() => replaceSection('page.md', 'a', table)).toThrow('page.md needs the lines');
});
