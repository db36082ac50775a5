import { describe, expect, test } from 'vitest';
import { renderResource } from '../../src/resources/render-deployment.ts';
import { evaluateTemplate } from '../../src/template/evaluate-template.ts';
import { parametersFromJson } from '../../src/template/parameters/supplied-parameters.ts';
import { toJson } from '../../src/template/value.ts';
import { evaluate, parse, templateText } from './evaluate.ts';

const secret = 'tOpSecret';
const password = { type: 'securestring' };

function shown(sections: object, value: unknown) {
  const { outputValues, diagnostics } = evaluate(
    { languageVersion: '2.0', resources: {}, ...sections },
    { parameters: parametersFromJson({ p: value }) },
  );
  const output = outputValues.get('o');
  return { value: output && toJson(output, { redact: true }), findings: JSON.stringify(diagnostics) };
}

const withSecret = { type: 'object', properties: { secret: password, open: { type: 'string' } } };
const tagged = { type: 'object', discriminator: { propertyName: 'kind', mapping: { a: withSecret } } };

describe('secure parts of a user-defined type are secrets', () => {
  test.each<[string, object, unknown, unknown]>([
    ['a property', withSecret, { secret, open: 'x' }, { secret: '[redacted]', open: 'x' }],
    ['in any case', withSecret, { SECRET: secret, open: 'x' }, { SECRET: '[redacted]', open: 'x' }],
    ['an element', { type: 'array', items: password }, [secret], ['[redacted]']],
    [
      'an element of a tuple',
      { type: 'array', prefixItems: [{ type: 'string' }, password] },
      ['x', secret],
      ['x', '[redacted]'],
    ],
    ['an additional property', { type: 'object', additionalProperties: password }, { a: secret }, { a: '[redacted]' }],
    [
      'a referenced type',
      { $ref: '#/definitions/pair' },
      { l: { secret, open: 'y' } },
      { l: { secret: '[redacted]', open: 'y' } },
    ],
    ['a tagged type', tagged, { kind: 'a', secret, open: 'x' }, { kind: 'a', secret: '[redacted]', open: 'x' }],
  ])('%s', (_, declaration, value, expected) => {
    const definitions = { pair: { type: 'object', properties: { l: withSecret } } };
    const sections = { definitions, parameters: { p: declaration } };
    const type = Array.isArray(expected) ? 'array' : 'object';
    const output = shown({ ...sections, outputs: { o: { type, value: "[parameters('p')]" } } }, value);
    expect(output).toEqual({ value: expected, findings: '[]' });
    const text = shown({ ...sections, outputs: { o: { type: 'string', value: "[string(parameters('p'))]" } } }, value);
    expect(text).toEqual({ value: '[redacted]', findings: '[]' });
  });

  test('also those of an output', () => {
    const { value } = shown(
      {
        parameters: { p: { type: 'string' } },
        outputs: { o: { ...withSecret, value: { secret: "[parameters('p')]", open: 'x' } } },
      },
      secret,
    );
    expect(value).toEqual({ secret: '[redacted]', open: 'x' });
  });
});

describe('an object with a secret for a key is one as a whole', () => {
  test.each([
    ['written', { "[parameters('p')]": 1 }],
    ['of createObject', "[createObject(parameters('p'), 1)]"],
    ['of toObject', "[toObject(createArray(1), lambda('x', parameters('p')))]"],
    ['of groupBy', "[groupBy(createArray(1), lambda('x', parameters('p')))]"],
    ['of union', "[union(createObject('a', 1), createObject(parameters('p'), 1))]"],
  ])('%s', (_, value) => {
    const output = shown({ parameters: { p: password }, outputs: { o: { type: 'object', value } } }, secret);
    expect(output).toEqual({ value: '[redacted]', findings: '[]' });
  });
});

test('a resource with a secret in its name shows neither name nor ID', () => {
  const child = { type: 'd', apiVersion: '2020-01-01', name: 'child' };
  const resource = {
    type: 'A.B/c',
    apiVersion: '2020-01-01',
    name: "[concat('x-', parameters('p'))]",
    resources: [child],
  };
  const { value } = evaluateTemplate({
    template: parse(templateText({ parameters: { p: password }, resources: [resource] })),
    parameters: parametersFromJson({ p: secret }),
  });
  expect(value.resources.map(renderResource)).toEqual([
    { type: 'A.B/c', apiVersion: '2020-01-01', name: '[redacted]', id: '[redacted]' },
    { type: 'A.B/c/d', apiVersion: '2020-01-01', name: '[redacted]', id: '[redacted]' },
  ]);
});

describe('findings do not quote a secret', () => {
  test.each([
    ['as a key', "[createObject('a', 1)[parameters('p')]]"],
    ['as an index', "[createArray(1)[parameters('p')]]"],
    ['in a function’s message', "[int(parameters('p'))]"],
    ['as a key that there is', "[createObject(parameters('p'), 1).other]"],
    ['as a name', "[variables(parameters('p'))]"],
  ])('%s', (_, value) => {
    const { findings } = shown({ parameters: { p: password }, outputs: { o: { type: 'string', value } } }, secret);
    expect(findings).toContain('AGW1040');
    expect(findings).not.toContain(secret);
  });

  test('as the count of a loop', () => {
    const outputs = { o: { type: 'array', copy: { count: "[parameters('p')]", input: 1 } } };
    const { findings } = shown({ parameters: { p: password }, outputs }, secret);
    expect(findings).toContain('AGW1021');
    expect(findings).not.toContain(secret);
  });

  test('as a default value that is not allowed', () => {
    const parameters = { p: { type: 'string' }, q: { ...password, allowedValues: ['a'], defaultValue: secret } };
    const { findings } = shown({ parameters }, 'x');
    expect(findings).toContain('The parameter value is not part of the allowed value(s)');
    expect(findings).not.toContain(secret);
  });
});
