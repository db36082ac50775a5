import { describe, expect, test } from 'vitest';
import { printable, printableInColour } from '../../src/base/printable.ts';

describe.each([printable, printableInColour])('$name', (print) => {
  test.each([
    ['plain', 'plain'],
    ['größe 图片 🙂', 'größe 图片 🙂'],
    ['two\n\tlines\r\n', 'two\n\tlines\r\n'],
    ['back to\rthe start', 'back to\uFFFDthe start'],
    ['\u001b[2J', '\uFFFD[2J'],
    ['\u009b2J', '\uFFFD2J'],
    ['\u001b]0;title\u0007', '\uFFFD]0;title\uFFFD'],
    ['a\u0000b\bc\u007fd', 'a\uFFFDb\uFFFDc\uFFFDd'],
    ['\u0007[31m', '\uFFFD[31m'],
    // Conceals what follows.
    ['\u001b[8m', '\uFFFD[8m'],
  ])('%j becomes %j', (text, expected) => expect(print(text)).toBe(expected));
});

test('text that is painted keeps the colours of painters', () => {
  const painted = '\u001b[31m\u001b[1merror\u001b[22m\u001b[39m \u001b[33m\u001b[36m\u001b[2mfaint\u001b[22m';
  expect(printableInColour(painted)).toBe(painted);
  expect(printable('\u001b[31m')).toBe('\uFFFD[31m');
});
