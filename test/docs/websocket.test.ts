import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../runtime/fixture.ts';
import { type PageBlock, parsePage, shows } from './parse-page.ts';
import { runCommand, Terminal } from './terminal.ts';

const page = readFileSync(new URL('../../docs/websocket.md', import.meta.url), 'utf8');

/** The page with ports that are free here and now, so that it can be followed beside other programs. */
async function onFreePorts(markdown: string): Promise<string> {
  const ports = new Map<string, string>();
  for (const port of ['3000', '8080', '8443', '9900']) ports.set(port, String(await freePort()));
  return markdown.replace(/(?<![\d.])(?:3000|8080|8443|9900)(?!\d)/g, (port) => ports.get(port) ?? port);
}

test('every command of the page about WebSocket does what the page says', async () => {
  const terminals = new Map<string, Terminal>();
  onTestFinished(async () => {
    for (const terminal of [...terminals.values()].toReversed()) await terminal[Symbol.asyncDispose]();
  });
  let output = '';
  const follow = async ({ kind, terminal: name, text }: PageBlock) => {
    const terminal = name === null ? undefined : terminals.get(name);
    if (kind === 'command' && name === null) output = await runCommand(text);
    else if (kind === 'command' && name !== null) terminals.set(name, new Terminal(text));
    else if (terminal !== undefined) await terminal.showing(text);
    else expect(shows(output, text), `${text}\nis not in\n${output}`).toBe(true);
  };
  const blocks = parsePage(await onFreePorts(page));
  expect(blocks.filter(({ kind }) => kind === 'command').length).toBeGreaterThan(5);
  for (const block of blocks) await follow(block);
});

test.each([
  ['one two three', 'two', true],
  ['one two three', 'one … three', true],
  ['one two three', 'three … one', false],
  ['one two three', 'four', false],
])('%j shows %j: %s', (output, text, expected) => expect(shows(output, text)).toBe(expected));
