import { describe, expect, test } from 'vitest';
import type { LinkedTemplates } from '../../src/template/nested/linked-templates.ts';
import { evaluate, fixedClock, parse, templateText } from './evaluate.ts';

const resource = { type: 'A.B/c', apiVersion: '2020-01-01' };

/** Variables `v0` … `vn`, each made from the one before it. */
function chain(count: number, first: unknown, next: (previous: string) => unknown) {
  const variables: Record<string, unknown> = { v0: first };
  for (let index = 1; index <= count; index++) variables[`v${index}`] = next(`variables('v${index - 1}')`);
  return { variables, outputs: { r: { type: 'object', value: { v: `[variables('v${count}')]` } } } };
}

/** A loop of nested deployments, each with these resources. */
function nestedLoop(count: number, resources: readonly unknown[]) {
  return {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2022-09-01',
    name: "[concat('d', copyIndex())]",
    copy: { name: 'deployments', count },
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      template: JSON.parse(templateText({ resources })),
    },
  };
}

/** A resource with a child that has a child, and so on. */
function nestedChildren(count: number, level = 0): object {
  const children = level === count ? {} : { resources: [nestedChildren(count, level + 1)] };
  return { ...resource, ...(level === 0 ? {} : { type: `t${level}` }), name: `r${level}`, ...children };
}

test('a sixth level of children is left out, and told', () => {
  expect(evaluate({ resources: [nestedChildren(5)] }).diagnostics).toEqual([]);
  const evaluated = evaluate({ resources: [nestedChildren(6)] });
  expect(limitMessages(evaluated)).toEqual([
    "The resource 'r6' is declared inside 6 others; Azure takes 5 levels of children.",
  ]);
  expect(evaluated.resources).toHaveLength(6);
});

function limitMessages(evaluated: ReturnType<typeof evaluate>): string[] {
  return evaluated.diagnostics.filter(({ code }) => code === 'AGW1004').map(({ message }) => message);
}

describe('stops with a finding at', () => {
  test.each([
    [
      'an expression that is too long',
      { outputs: { r: { type: 'string', value: `[concat('${'x'.repeat(24_576)}')]` } } },
      'The language expression is 24588 characters long; the limit is 24576 characters.',
    ],
    [
      'too many resources',
      {
        resources: [1, 2].map((loop) => ({
          ...resource,
          name: `[concat('${loop}-', copyIndex())]`,
          copy: { name: `l${loop}`, count: 401 },
        })),
      },
      'The number of resources exceeds the limit of 800 for one template.',
    ],
    [
      'variables that use one another too deeply',
      chain(2000, 'x', (previous) => `[concat(${previous})]`),
      'Evaluation stopped: calls, variables or functions use one another more than 250 levels deep.',
    ],
    [
      'variables that use one another and nest',
      chain(250, 'x', (previous) => Array.from({ length: 100 }).reduce<unknown>((inner) => [inner], `[${previous}]`)),
      'Evaluation stopped: calls, variables or functions use one another more than 250 levels deep.',
    ],
    [
      'a value that doubles',
      chain(60, [1, 2], (previous) => `[createArray(${previous}, ${previous})]`),
      'A value has more than 1000000 parts; evaluation stopped.',
    ],
    [
      'a value that doubles without a function',
      chain(60, [1, 2], (previous) => [`[${previous}]`, `[${previous}]`]),
      'A value has more than 1000000 parts; evaluation stopped.',
    ],
    [
      'a value that nests',
      {
        outputs: {
          r: {
            type: 'array',
            value: "[reduce(range(0, 5000), createArray(), lambda('a', 'b', createArray(lambdaVariables('a'))))]",
          },
        },
      },
      'A value nests more than 500 levels; evaluation stopped.',
    ],
    [
      'a resource of more than 1 MB',
      {
        variables: { text: "[padLeft('x', 800)]" },
        resources: [
          {
            ...resource,
            name: 'large',
            properties: {
              copy: [
                {
                  name: 'rows',
                  count: 40,
                  input: { copy: [{ name: 'texts', count: 40, input: "[variables('text')]" }] },
                },
              ],
            },
          },
        ],
      },
      "providers/A.B/c/large' has 1285444 characters; Azure takes 1048576.",
    ],
    [
      'resources of more than 4 MB together',
      {
        variables: { text: "[padLeft('x', 8000)]" },
        resources: [
          {
            ...resource,
            name: "[concat('r', copyIndex())]",
            copy: { name: 'loop', count: 600 },
            properties: { text: "[variables('text')]" },
          },
        ],
      },
      'The evaluated template has more than 4194304 characters, which Azure refuses.',
    ],
    [
      'outputs that share a large value',
      {
        variables: { numbers: '[range(0, 10000)]' },
        outputs: Object.fromEntries(
          Array.from({ length: 60 }, (_, index) => [`o${index}`, { type: 'array', value: "[variables('numbers')]" }]),
        ),
      },
      'The evaluated template has more than 4194304 characters, which Azure refuses.',
    ],
    [
      'loops of nested deployments in one another',
      {
        resources: [
          nestedLoop(400, [{ ...resource, name: "[concat('r', copyIndex())]", copy: { name: 'l', count: 800 } }]),
        ],
      },
      'The templates of the deployment have more than 10000 resources in all; evaluation stopped.',
    ],
    [
      'large resources of many nested deployments',
      {
        resources: [nestedLoop(60, [{ ...resource, name: 'large', properties: { text: "[padLeft('x', 1000000)]" } }])],
      },
      'What the templates of the deployment evaluate to has more than 33554432 characters; evaluation stopped.',
    ],
    [
      'parts that cannot be evaluated',
      {
        resources: [
          {
            ...resource,
            name: "[concat('r', copyIndex())]",
            copy: { name: 'loop', count: 800 },
            properties: Array.from({ length: 20 }, () => "[parameters('nobody')]"),
          },
        ],
      },
      'More than 10000 parts cannot be evaluated; evaluation stopped.',
    ],
  ])('%s', (_what, sections, message) => {
    const evaluated = evaluate(sections);
    expect(limitMessages(evaluated)[0]).toContain(message);
    expect(evaluated.resources).toEqual([]);
  });

  // None of them is large itself; it is what they make on the way that fills the memory.
  test.each([
    ['texts in a list', "[length(map(range(0, 1000), lambda('i', toUpper(padLeft('x', 2000)))))]"],
    ['texts that are dropped at once', "[length(filter(range(0, 1000), lambda('i', empty(padLeft('x', 2000)))))]"],
    ['lists in a list', "[length(map(range(0, 300), lambda('i', range(0, 300))))]"],
    [
      'JSON with deep parts',
      "[length(map(range(0, 1000), lambda('i', json('[[[[[[1,2,3,4,5,6,7,8,9,10,11,12]]]]]]'))))]",
    ],
    [
      'JSON in base64',
      "[length(map(range(0, 2000), lambda('i', base64ToJson(base64('[[1,2,3,4,5,6,7,8,9,10,11]]')))))]",
    ],
  ])('%s', (_what, value) => {
    const evaluated = evaluate({ outputs: { r: { type: 'int', value } } }, { limits: { made: 1_048_576 } });
    expect(limitMessages(evaluated)[0]).toContain(
      'Evaluation stopped: the texts, arrays and objects that the template makes take more than 1 MB.',
    );
  });

  test('loops without a function', () => {
    const inner = { name: 'inner', count: 100, input: { index: "[copyIndex('inner')]" } };
    const sections = { variables: { copy: [{ name: 'outer', count: 100, input: { copy: [inner] } }] } };
    const outputs = { r: { type: 'int', value: "[length(variables('outer'))]" } };
    const made = (limit: number) => limitMessages(evaluate({ ...sections, outputs }, { limits: { made: limit } }));
    expect(made(1_048_576)[0]).toContain('the texts, arrays and objects that the template makes');
    expect(made(4_194_304)).toEqual([]);
  });

  test('accesses one after the other, at the place where it is too much', () => {
    const value = `[createObject('a', 1)${'.a'.repeat(7000)}]`;
    const [finding] = evaluate({ outputs: { r: { type: 'int', value } } }).diagnostics;
    expect(finding?.message).toContain('The language expression nests more than 200 levels');
    expect(finding?.range).not.toBeNull();
  });

  test('but not at values that are only read again and again', () => {
    const value = "[length(map(range(0, 1000), lambda('i', if(true(), variables('table'), 0))))]";
    const sections = { variables: { table: '[range(0, 100)]' }, outputs: { r: { type: 'int', value } } };
    expect(evaluate(sections, { limits: { made: 1_048_576 } }).diagnostics).toEqual([]);
  });

  test('a linked template that links itself', () => {
    const link = {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2021-04-01',
      name: 'again',
      properties: { mode: 'Incremental', templateLink: { relativePath: 'self.json' } },
    };
    const text = templateText({ resources: [link] });
    const linkedTemplates: LinkedTemplates = {
      find: () => ({ value: parse(text, 'self.json'), diagnostics: [], location: 'self.json' }),
    };
    expect(limitMessages(evaluate(text, { linkedTemplates }))).toEqual([
      "Deployment template language expression evaluation failed: 'Nested deployments stand in one another more than 50 levels deep.'. Please see https://aka.ms/arm-template-expressions for usage details.",
    ]);
  });

  test('too many steps', () => {
    const lambda = (name: string, body: string) => `map(range(0, 1000), lambda('${name}', ${body}))`;
    const value = `[length(${lambda('a', `length(${lambda('b', `length(${lambda('c', '1')})`)})`)})]`;
    expect(
      limitMessages(evaluate({ outputs: { r: { type: 'int', value } } }, { limits: { steps: 10_000 } }))[0],
    ).toContain('Evaluation stopped after 10000 steps; the template asks for too much.');
  });

  test('too much time', () => {
    let elapsed = 0;
    const clock = { ...fixedClock, elapsed: () => (elapsed += 1000) };
    const value = "[length(map(range(0, 10000), lambda('a', concat('a'))))]";
    expect(limitMessages(evaluate({ outputs: { r: { type: 'int', value } } }, { clock }))[0]).toContain(
      'Evaluation stopped after 10 seconds.',
    );
  });
});

describe('takes no long time over', () => {
  const loop = { ...resource, name: "[concat('r', copyIndex())]", copy: { name: 'loop', count: 800 } };

  test('resources that all wait for one another', () => {
    const { errors } = evaluate({ resources: [{ ...loop, dependsOn: ['loop'] }] });
    expect(errors.length).toBeLessThanOrEqual(400);
    expect(errors[0]).toMatch(
      /^Deployment template validation failed: 'Circular dependency detected on resource: .*'r0' -> 'r1' -> 'r0'\.$/,
    );
  });

  test('names that no resource has', () => {
    const dependsOn = "[map(range(0, 100), lambda('i', concat('nobody-', lambdaVariables('i'))))]";
    expect(evaluate({ resources: [{ ...loop, dependsOn }] }).errors).toHaveLength(100);
  });

  test('a long list of allowed values', () => {
    const texts = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => prefix + index);
    const parameters = { p: { type: 'array', allowedValues: texts('v', 20_000), defaultValue: texts('v', 10_000) } };
    expect(evaluate({ parameters }).errors).toEqual([]);
  });
});

describe('goes on with a finding at', () => {
  const many = (count: number, value: unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, value]));
  test.each([
    [
      'parameters',
      { parameters: many(257, { type: 'int', defaultValue: 1 }) },
      "The number of template parameters limit exceeded. Limit: '256' and actual: '257'.",
    ],
    [
      'variables',
      { variables: many(257, 1) },
      "The number of template variables limit exceeded. Limit: '256' and actual: '257'.",
    ],
    [
      'outputs',
      { outputs: many(65, { type: 'int', value: 1 }) },
      "The number of template outputs limit exceeded. Limit: '64' and actual: '65'.",
    ],
  ])('more %s than Azure takes', (_what, sections, message) => {
    expect(evaluate(sections).errors).toEqual([`Template validation failed: ${message}`]);
  });

  test('a template of more than 4 MB, blanks not counted', () => {
    const ofLength = (text: string) => evaluate({ metadata: { text }, outputs: {} }).errors;
    expect(ofLength('x'.repeat(4_194_304))).toEqual([
      'The template has more than 4194304 characters, which Azure refuses.',
    ]);
    expect(evaluate(`${templateText({}).slice(0, -1)}${' '.repeat(4_194_304)}}`).errors).toEqual([]);
  });

  test('a deployment name of more than 64 characters', () => {
    const { errors } = evaluate({
      resources: [
        {
          type: 'Microsoft.Resources/deployments',
          apiVersion: '2021-04-01',
          name: 'n'.repeat(65),
          properties: { mode: 'Incremental', template: JSON.parse(templateText({})) },
        },
      ],
    });
    expect(errors).toEqual([`The deployment name '${'n'.repeat(65)}' has 65 characters; the limit is 64.`]);
  });
});
