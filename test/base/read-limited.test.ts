import { expect, test } from 'vitest';
import { readLimited } from '../../src/base/read-limited.ts';

async function* endless(onChunk: () => void): AsyncGenerator<Uint8Array> {
  for (;;) {
    onChunk();
    yield Buffer.alloc(1000);
  }
}

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

test('a body that fits is read whole', async () => {
  expect(String(await readLimited(pieces('ab', 'c'), 3))).toBe('abc');
  expect(String(await readLimited(null, 3))).toBe('');
});

test('a body without end is read no further than it may be', async () => {
  let chunks = 0;
  expect(
    await readLimited(
      endless(() => chunks++),
      5000,
    ),
  ).toBeNull();
  expect(chunks).toBe(6);
});
