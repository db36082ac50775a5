import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fillAzureMessage } from '../../src/lint/azure-message.ts';
import { rules } from '../../src/lint/rules/index.ts';
import { lintText } from './lint-text.ts';

const gateway =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate/providers/Microsoft.Network/applicationGateways/gw';

const bad = (id: string) => readFileSync(new URL(`../../fixtures/rules/${id}/bad.json`, import.meta.url), 'utf8');

function messagesOf(id: string): readonly (string | undefined)[] {
  const rule = rules.filter((each) => each.id === id);
  return lintText(bad(id), { rules: rule }).found.map(({ azureMessage }) => azureMessage);
}

test('is filled in, and is not half a message', () => {
  expect(fillAzureMessage('{a} and {b|c}', { a: 'x', 'b|c': '{a}' })).toBe('x and {a}');
  expect(fillAzureMessage('{a} and {b}', { a: 'x' })).toBeUndefined();
});

// What an interface is called in it depends on more than a finding is about; and the example of the other one is about
// a limit of which nobody has shown the message.
const unfilled = new Set(['pool-of-several-kinds', 'limit-exceeded']);

test.each(rules.filter(({ azureMessage, id }) => azureMessage && !unfilled.has(id)).map(({ id }) => [id]))(
  '%s has one for what its example breaks',
  (id) => {
    const messages = messagesOf(id).filter((message) => message !== undefined);
    expect(messages).not.toEqual([]);
    for (const message of messages) expect(message).not.toMatch(/undefined|''|\{(?!subscriptionId|resourceProvider)/);
  },
);

test.each([
  [
    'capacity-missing',
    `Application Gateway ${gateway} must specify either Capacity or AutoscaleConfiguration for the selected SKU tier Standard_v2`,
  ],
  [
    'private-link-limits', // nobody has seen one
    undefined,
  ],
  [
    'https-listener-without-certificate',
    `Http Listener ${gateway}/httpListeners/secure uses protocol Https. Ssl Certificate must be specified.`,
  ],
  [
    'duplicate-path',
    `Paths specified in a UrlPathMap must be unique. Path /Images/* is already specified in another PathRule in UrlPathMap ${gateway}/urlPathMaps/paths.`,
  ],
])('%s says what Azure says', (id, message) => {
  expect(messagesOf(id)[0]).toBe(message);
});
