import { expect, test } from 'vitest';
import { PropertyReader } from '../../src/resources/property-reader.ts';
import { fromJson, type ObjectValue } from '../../src/template/value.ts';
import { readText } from './deployed-resource.ts';

const read = (json: object) => new PropertyReader(fromJson(json) as ObjectValue, '');

test('reads members without regard to case, the exact spelling first', () => {
  expect(read({ Port: 80 }).integer('port')).toBe(80);
  expect(read({ PORT: 80, port: 81 }).integer('port')).toBe(81);
});

test('takes null for absent', () => {
  const reader = read({ sslCertificate: null });
  expect(reader.has('sslCertificate')).toBe(false);
  expect(reader.object('sslCertificate').string('id')).toBeNull();
});

// Azure's reader (Newtonsoft.Json) converts between text, numbers and booleans.
test.each([
  [80, 80],
  ['80', 80],
  [' 80 ', 80],
  [80.0, 80],
  [80.5, null],
  ['eighty', null],
  ['', null],
  [true, null],
  [[80], null],
])('reads %j as the integer %j', (value, expected) => expect(read({ value }).integer('value')).toBe(expected));

test.each([
  [true, true],
  ['True', true],
  ['false', false],
  ['yes', null],
  [1, null],
])('reads %j as the boolean %j', (value, expected) => expect(read({ value }).boolean('value')).toBe(expected));

test.each([
  ['a', 'a'],
  [3, '3'],
  [true, 'true'],
  [{}, null],
])('reads %j as the text %j', (value, expected) => expect(read({ value }).string('value')).toBe(expected));

test('reads a value of an enumeration in its canonical spelling', () => {
  expect(read({ protocol: 'HTTPS' }).oneOf('protocol', ['Http', 'Https'])).toBe('Https');
  expect(read({ protocol: 'Gopher' }).oneOf('protocol', ['Http', 'Https'])).toBeNull();
});

test('passes over elements of the wrong type and keeps the indices of the others', () => {
  const reader = read({ rules: [1, { name: 'a' }], paths: ['/a', {}, '/b'] });
  expect(reader.objects('rules').map(({ path }) => path)).toEqual(['rules[1]']);
  expect(reader.strings('paths')).toEqual(['/a', '/b']);
});

test('knows where a value is written, or the nearest place to it', () => {
  const reader = new PropertyReader(readText('{ "a": { "b": 1 } }') as ObjectValue, '');
  expect(reader.object('a').spanOf('b')?.offset).toBe(14);
  expect(reader.object('a').spanOf('missing')?.offset).toBe(7);
  expect(reader.object('missing').spanOf('b')?.offset).toBe(0);
  expect(reader.object('a').pathOf('b')).toBe('a.b');
});
