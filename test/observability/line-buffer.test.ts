import { assert as check, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { LineBuffer } from '../../src/observability/line-buffer.ts';
import { LineForm } from '../../src/observability/line-form.ts';

/** What is written into a place that is too small for it. */
function written(write: (line: LineBuffer) => void): string {
  const line = new LineBuffer(Buffer.alloc(2));
  write(line);
  return line.take(Buffer.alloc(0)).toString('latin1');
}

test('any text becomes a JSON string in ASCII', () => {
  check(
    property(string({ unit: 'binary', maxLength: 40 }), (text) => {
      const json = written((line) => line.quoted(text));
      expect(JSON.parse(json)).toBe(text);
      expect(json).toMatch(/^[\x20-\x7e]*$/);
    }),
  );
});

test.each(['plain', '', 'with "quotes"', 'back\\slash', 'line\nbreak', 'Ä', '\u007f', 'x'.repeat(100)])(
  '%j is written as it is read back',
  (text) => {
    expect(written((line) => line.quoted(text))).toBe(
      JSON.stringify(text).replace('Ä', '\\u00c4').replace('\u007f', '\\u007f'),
    );
  },
);

test.each([0, 7, 9, 10, 99, 100, 1_234_567_890, 4_294_967_296, Number.MAX_SAFE_INTEGER])('%d keeps its digits', (n) => {
  expect(written((line) => line.integer(n))).toBe(String(n));
});

test.each([
  [0, '0'],
  [0.4, '0'],
  [1, '0.001'],
  [120, '0.12'],
  [999.4, '0.999'],
  [999.6, '1'],
  [61_234, '61.234'],
])('%d ms are %s s', (milliseconds, seconds) => {
  expect(written((line) => line.seconds(milliseconds))).toBe(seconds);
});

test('what is taken out stays as it was', () => {
  const line = new LineBuffer(Buffer.alloc(8));
  line.ascii('first');
  line.endLine();
  const taken = line.take(Buffer.alloc(8));
  line.ascii('second');
  expect(taken.toString()).toBe('first\n');
  expect(line.length).toBe(6);
});

test('a form joins what is always the same with what is written each time', () => {
  const form = new LineForm<number>('{', { a: 'x', b: (line, n) => line.integer(n), c: '', d: 'y' }, '}');
  expect(written((line) => form.write(line, 5))).toBe('{"a":"x","b":5,"c":"","d":"y"}');
  expect(written((line) => new LineForm(',', { a: '1' }).write(line, null))).toBe(',"a":"1"');
});
