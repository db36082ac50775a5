import { describe, expect, test } from 'vitest';
import { renderJson } from '../../src/template/json-text.ts';
import { fromJson, objectValue, stringValue } from '../../src/template/value.ts';
import { parse } from './evaluate.ts';

describe('a value as JSON text', () => {
  test.each([
    '{"10":1,"2":[],"a":{}}',
    '[9223372036854775807,-9223372036854775808,9007199254740993]',
    '{"float":1.5,"yes":true,"none":null,"text":"\\"\\\\\\n"}',
    '{"__proto__":{"constructor":1}}',
  ])('%s stays as it is', (text) => {
    expect(renderJson(parse(text))).toBe(text);
  });

  test('is moved in, a line for each part', () => {
    expect(renderJson(fromJson({ a: [1, { b: [] }] }), { indent: 2 })).toBe(
      JSON.stringify({ a: [1, { b: [] }] }, null, 2),
    );
  });

  test('shows secrets only where it should', () => {
    const value = objectValue([['key', { ...stringValue('s3cret'), secret: true }]]);
    expect(renderJson(value)).toBe('{"key":"s3cret"}');
    expect(renderJson(value, { redact: true })).toBe('{"key":"[redacted]"}');
  });
});
