import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { onFreePorts, PageFollower } from './follow-page.ts';
import { parsePage, shows } from './parse-page.ts';

const markdown = readFileSync(new URL('../../docs/websocket.md', import.meta.url), 'utf8');

test('every command of the page about WebSocket does what the page says', async () => {
  const { page } = await onFreePorts(markdown, [3000, 8080, 8443, 9900]);
  const blocks = parsePage(page);
  expect(blocks.filter(({ kind }) => kind === 'command').length).toBeGreaterThan(5);
  await using follower = new PageFollower();
  for (const block of blocks) await follower.follow(block);
});

test.each([
  ['one two three', 'two', true],
  ['one two three', 'one … three', true],
  ['one two three', 'three … one', false],
  ['one two three', 'four', false],
  ['one    two', 'one  two', true],
])('%j shows %j: %s', (output, text, expected) => expect(shows(output, text)).toBe(expected));
