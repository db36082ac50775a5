import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import { painterFor } from '../../src/cli/painter.ts';
import { Progress } from '../../src/cli/progress.ts';
import { RequestLines, renderRequestLine } from '../../src/cli/request-lines.ts';
import type { RequestRecord } from '../../src/observability/request-record.ts';
import { ask, startGateway } from '../runtime/fixture.ts';

const plain = painterFor({ isTTY: false }, {});

async function recordOf(path: string, host = 'shop.contoso.com'): Promise<RequestRecord> {
  const gateway = await startGateway({
    listeners: [{ name: 'shop', hosts: ['shop.contoso.com'] }],
    rules: [
      { name: 'r', pool: 'web', paths: [{ name: 'old', paths: ['/old'], redirect: { to: 'https://new.example/' } }] },
    ],
    pools: { web: ['10.0.0.4'] },
  });
  await ask(gateway, path, { headers: { host } });
  const [record] = gateway.requests(1);
  if (record === undefined) throw new Error('The request left no record.');
  return record;
}

const time = /^\d\d:\d\d:\d\d {2}/;
const milliseconds = / {2}\d+ ms$/;

describe('the line of a request', () => {
  test.each([
    ['/cart?a=1', 'shop.contoso.com', '200  GET shop.contoso.com/cart?a=1  shop → r → web 10.0.0.4:80'],
    ['/old', 'shop.contoso.com', '301  GET shop.contoso.com/old  shop → old → https://new.example/old'],
    ['/', 'other.example', /^404 {2}GET other\.example\/ {2}.*other\.example/],
    [
      '/?agate-status=503',
      'shop.contoso.com',
      '503  GET shop.contoso.com/?agate-status=503  shop → r → web 10.0.0.4:80',
    ],
  ])('to %s of %s tells where it went', async (path, host, expected) => {
    const line = renderRequestLine(await recordOf(path, host), plain);
    expect(line).toMatch(time);
    expect(line).toMatch(milliseconds);
    expect(line.replace(time, '').replace(milliseconds, '')).toEqual(
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    );
  });

  test('has a coloured status on a terminal', async () => {
    const line = renderRequestLine(await recordOf('/'), painterFor({ isTTY: true }, {}));
    expect(line).toContain('\u001b[36m200\u001b[39m');
  });
});

test('many requests become a few lines and a number', async () => {
  const record = await recordOf('/');
  const texts: string[] = [];
  const waiting: (() => void)[] = [];
  const clock: Clock = {
    now: () => 0,
    elapsed: () => 0,
    after: (_milliseconds, callback) => {
      waiting.push(callback);
      return { dispose: () => undefined };
    },
  };
  const lines = new RequestLines((text) => texts.push(text), plain, clock);
  for (let index = 0; index < 25; index++) lines.add(record);
  expect([texts, waiting.length]).toEqual([[], 1]);
  waiting.shift()?.();
  const written = texts.join('\n').split('\n');
  expect(written).toHaveLength(21);
  expect(written.at(-1)).toBe('  … and 5 more requests');
  lines.flush();
  expect(texts).toHaveLength(1);
});

describe('progress', () => {
  function stream(isTTY: boolean, columns = 20) {
    let text = '';
    const made = new Writable({
      write(chunk, _encoding, done) {
        text += String(chunk);
        done();
      },
    });
    return { stream: Object.assign(made, { isTTY, columns }), written: () => text };
  }

  test('is one line on a terminal, cut to its width, and vanishes', () => {
    const { stream: terminal, written } = stream(true);
    const progress = new Progress(terminal);
    progress.show('Evaluating a-long-name.json …');
    progress.clear();
    progress.clear();
    expect(written()).toBe('\r\u001b[KEvaluating a-long-n\r\u001b[K');
  });

  test('is whole on a terminal that does not know its width', () => {
    const { stream: terminal, written } = stream(true, 0);
    new Progress(terminal).show('Evaluating …');
    expect(written()).toBe('\r\u001b[KEvaluating …');
  });

  test('is nothing in a file or pipe', () => {
    const { stream: pipe, written } = stream(false);
    new Progress(pipe).show('Evaluating …');
    expect(written()).toBe('');
  });
});
