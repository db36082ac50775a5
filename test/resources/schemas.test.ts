import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { findSchema } from '../../src/resources/find-schema.ts';
import { gatewayProperties } from '../gateway/build/gateway-json.ts';

const folder = new URL('../../schemas/', import.meta.url);
/** That of test files is no resource type's, and has a test of its own. */
const files = readdirSync(fileURLToPath(folder)).filter(
  (file) => file.endsWith('.schema.json') && file !== 'test-file.schema.json',
);

const annotations = ['since', 'until', 'enumSince', 'enumUntil', 'azureCode', 'apiVersions'];

function read(file: string) {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
}

function compile(file: string) {
  return new Ajv({ allErrors: true, strict: true, keywords: annotations }).compile(read(file));
}

describe.each(files)('%s', (file) => {
  test('is a JSON Schema without unknown keywords', () => {
    expect(() => compile(file)).not.toThrow();
  });

  test('is the one that validation uses', () => {
    const { title, apiVersions } = read(file);
    expect(findSchema(title.toLowerCase())).toMatchObject({ type: title, schema: { apiVersions } });
  });
});

describe('the schema of gateways, as an editor uses it', () => {
  const validate = compile('applicationGateways.schema.json');

  test('takes a gateway', () => {
    expect(validate({ name: 'gw', properties: gatewayProperties() })).toBe(true);
  });

  test.each([
    ['an unknown property', { httpListeners: [{ name: 'a', properties: { protocl: 'Http' } }] }],
    ['a wrong type', { enableHttp2: 'yes' }],
    ['an unknown value', { sku: { name: 'Huge' } }],
    ['a number out of range', { requestRoutingRules: [{ name: 'a', properties: { priority: 0 } }] }],
  ])('refuses %s', (_, changes) => {
    expect(validate({ name: 'gw', properties: gatewayProperties(changes) })).toBe(false);
  });

  test('knows when properties and values arrived', () => {
    const { properties } = read('applicationGateways.schema.json').properties.properties;
    expect(properties.rewriteRuleSets.since).toBe('2018-10-01');
    expect(properties.sku.properties.name.enumSince.WAF_v2).toBe('2018-04-01');
    expect(properties.customErrorConfigurations.items.properties.statusCode.enumUntil.HttpStatus499).toBe('2022-11-01');
  });
});
