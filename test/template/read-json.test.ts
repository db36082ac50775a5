import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceText } from '../../src/base/span.ts';
import { readJson } from '../../src/template/read-json.ts';
import { getMember, type ObjectValue, toJson, type Value } from '../../src/template/value.ts';
import { summaries } from './evaluate.ts';

function read(text: string) {
  const { value, diagnostics } = readJson(new SourceText('t.json', text));
  return { value, json: value === undefined ? undefined : toJson(value), found: summaries(diagnostics) };
}

function asObject(value: Value | undefined): ObjectValue {
  if (value?.kind !== 'Object') throw new Error('Expected an object.');
  return value;
}

describe('reads what Azure reads', () => {
  test.each([
    ['comments', '// a\n{ /* b */ "x": 1 } // c', { x: 1 }, []],
    [
      'a comma after the last element',
      '{\n  "x": [1, 2,],\n}',
      { x: [1, 2] },
      [
        '2:13 info AGW0011 There is a comma after the last element. Azure tolerates it, strict JSON readers do not.',
        '2:15 info AGW0011 There is a comma after the last element. Azure tolerates it, strict JSON readers do not.',
      ],
    ],
    [
      'a byte order mark',
      '\uFEFF{ "x": 1 }',
      { x: 1 },
      [
        '1:1 info AGW0012 The file starts with a byte order mark, which some tools refuse; save it as UTF-8 without one.',
      ],
    ],
    [
      // https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax#multi-line-strings
      'a line break inside a string',
      '{ "x": "[concat(\n  \'a\')]" }',
      { x: "[concat(\n  'a')]" },
      [
        '1:17 info AGW0013 A string contains a raw line break; Azure CLI and PowerShell accept that, the portal and the REST API do not.',
      ],
    ],
    [
      'a tab inside a string',
      '{ "x": "a\tb" }',
      { x: 'a\tb' },
      [
        '1:10 info AGW0013 A string contains a raw tab; Azure CLI and PowerShell accept that, the portal and the REST API do not.',
      ],
    ],
    [
      'no-break spaces between tokens',
      '{\u00a0"x":\u00a01 }',
      { x: 1 },
      [
        '1:2 info AGW0017 White space of an unusual kind (U+00A0, and 1 more) stands between tokens; strict JSON readers refuse it.',
      ],
    ],
    [
      'a key given twice: the last one counts',
      '{ "x": 1,\n  "x": 2 }',
      { x: 2 },
      ["2:3 warning AGW0014 'x' is given twice in this object; the last one counts."],
    ],
    ['private-use characters beside line breaks', '{ "x": "\ue000\\ue021\n" }', { x: '\ue000\ue021\n' }, 1],
  ])('%s', (_what, text, json, found) => {
    const result = read(text);
    expect(result.json).toEqual(json);
    if (typeof found === 'number') expect(result.found).toHaveLength(found);
    else expect(result.found).toEqual(found);
  });

  test('keeps 64-bit integers exactly, tells them from other numbers, and says when they do not fit', () => {
    const { value, found } = read('[9223372036854775807, -9223372036854775808, 1.0, 1e3, 9223372036854775808]');
    expect(value?.kind === 'Array' && value.items.map((item) => [item.kind, 'value' in item && item.value])).toEqual([
      ['Integer', 9223372036854775807n],
      ['Integer', -9223372036854775808n],
      ['Float', 1],
      ['Float', 1000],
      ['Float', Number('9223372036854775808')],
    ]);
    expect(found).toEqual([
      '1:55 warning AGW0016 9223372036854775808 does not fit into 64 bits; it becomes 9223372036854776000.',
    ]);
  });

  test('keeps number-like keys in their order and treats __proto__ as data', () => {
    const { value } = read('{ "2": 1, "1": 2, "__proto__": { "x": 3 } }');
    expect([...asObject(value).members.keys()]).toEqual(['2', '1', '__proto__']);
  });
});

describe('locates', () => {
  const source = '\uFEFF{\n  "name": "a\\u0041b",\n  "items": [ true, null ]\n}';

  test('every value and key, counted without the byte order mark', () => {
    const root = asObject(readJson(new SourceText('t.json', source)).value);
    const place = (span: Value['origin']) => {
      const { line, column } = span?.source.positionAt(span.offset) ?? { line: 0, column: 0 };
      return `${line}:${column}+${span?.length}`;
    };
    const items = getMember(root, 'items');
    expect(place(root.origin)).toBe('1:1+51');
    expect(place(getMember(root, 'name')?.keySpan)).toBe('2:3+6');
    expect(place(getMember(root, 'name')?.value.origin)).toBe('2:11+10');
    expect(place(items?.value.origin)).toBe('3:12+14');
    expect(items?.value.kind === 'Array' && items.value.items.map(({ origin }) => place(origin))).toEqual([
      '3:14+4',
      '3:20+4',
    ]);
  });
});

describe('refuses with the place', () => {
  test.each([
    ['', "1:1 error AGW0010 Deployment template parse failed: 'Found the end of the text where a value belongs."],
    ['{ "a": 1 "b": 2 }', "1:10 error AGW0010 Deployment template parse failed: 'Found '\"b\"' where a comma belongs."],
    ['{ "a" 1 }', "1:7 error AGW0010 Deployment template parse failed: 'Found '1' where a colon belongs."],
    [
      "{ 'a': 1 }",
      "1:3 error AGW0010 Deployment template parse failed: '''a'' is not valid in JSON; text needs double quotes.",
    ],
    ['{ "a": [1, 2 }', "1:14 error AGW0010 Deployment template parse failed: 'Found '}' where a"],
    ['{\n "a": "x,\n "b": 1\n}', "2:7 error AGW0010 Deployment template parse failed: 'A string is not closed."],
    [
      '{ "a": "\\q" }',
      "1:8 error AGW0010 Deployment template parse failed: 'A string contains a backslash that starts no valid escape.",
    ],
    ['{} {}', "1:4 error AGW0010 Deployment template parse failed: 'Found '{' after the end of the document."],
    ['[ /* ', '1:3 error AGW0010 Deployment template parse failed:'],
  ])('%j', (text, message) => {
    const [first] = read(text).found;
    expect(first?.startsWith(message) ? message : first).toBe(message);
  });

  test('a text nested too deeply, instead of running out of stack', () => {
    const { value, found } = read('['.repeat(100_000));
    expect(value).toBeUndefined();
    expect(found).toEqual([
      "1:1 error AGW0015 't.json' nests 100000 levels of objects and arrays; Agate reads up to 256.",
    ]);
  });

  test('a forgotten comma, but reads the rest', () => {
    expect(read('{ "a": 1 "b": 2 }').json).toEqual({ a: 1, b: 2 });
  });

  test('all commas that were forgotten before the place where reading ends, and that place', () => {
    const { value, found } = read('{\n "a": 1\n "b": 2\n "c": 3\n \'d\': 4\n "e": 5\n "f": 6\n}');
    expect(value).toBeUndefined();
    expect(found.map((finding) => finding.replace(/ AGW0010.*failed: /, ' '))).toEqual([
      "3:2 error 'Found '\"b\"' where a comma belongs. Line 3, position 2.'.",
      "4:2 error 'Found '\"c\"' where a comma belongs. Line 4, position 2.'.",
      "5:2 error '''d'' is not valid in JSON; text needs double quotes. Line 5, position 2.'.",
    ]);
  });
});

test('never throws, whatever the text', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    ',',
    ':',
    '//',
    '/*',
    '*/',
    '\n',
    '1',
    'true',
    '\ue000',
    '\u00a0',
    'a',
  );
  fc.assert(
    fc.property(
      fc.array(pieces).map((parts) => parts.join('')),
      (text) => {
        const { value, diagnostics } = readJson(new SourceText('t.json', text));
        return value !== undefined || diagnostics.some(({ severity }) => severity === 'error');
      },
    ),
    { numRuns: 2000 },
  );
});

test('reads what JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (json) => {
      expect(JSON.stringify(read(JSON.stringify(json)).json)).toBe(JSON.stringify(JSON.parse(JSON.stringify(json))));
    }),
  );
});
