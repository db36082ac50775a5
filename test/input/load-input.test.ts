import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadInput } from '../../src/input/load-input.ts';
import { templateParameters } from '../../src/input/template-parameters.ts';
import { evaluateTemplate } from '../../src/template/evaluate-template.ts';
import { readJson } from '../../src/template/read-json.ts';
import { toJson } from '../../src/template/value.ts';

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agate-input-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string | object): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, typeof text === 'string' ? text : JSON.stringify(text));
  return file;
}

const world = { stdin: Readable.from([]), env: {} };

/** A template whose only output comes from a linked one. */
function linking(templateLink: object): object {
  return {
    $schema: schema,
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '2022-09-01',
        name: 'linked',
        properties: { mode: 'Incremental', templateLink },
      },
    ],
    outputs: { o: { type: 'string', value: "[reference('linked').outputs.o.value]" } },
  };
}

function answering(value: string): object {
  return { $schema: schema, contentVersion: '1.0.0.0', resources: [], outputs: { o: { type: 'string', value } } };
}

async function outputOf(file: string, linked: readonly string[] = [], at = world): Promise<unknown> {
  const input = await loadInput({ template: file, linked }, at);
  const template = readJson(input.source).value;
  if (template === undefined) throw new Error('not JSON');
  const { value, diagnostics } = evaluateTemplate({
    template,
    linkedTemplates: input.linkedTemplates,
    templateUri: input.templateUri,
  });
  const output = value.outputs.get('o');
  return output === undefined ? diagnostics.map(({ rule, hint }) => ({ rule, hint })) : toJson(output.value);
}

describe('linked templates', () => {
  test('are found by relativePath from the template that links them', async () => {
    await write('nested/a.json', linking({ relativePath: 'deep/b.json' }));
    await write('nested/deep/b.json', answering('from b'));
    expect(await outputOf(await write('main.json', linking({ relativePath: 'nested/a.json' })))).toBe('from b');
  });

  test('are found by a mapped address', async () => {
    await write('elsewhere/x/a.json', answering('mapped'));
    const main = await write('main.json', linking({ uri: 'https://example.com/templates/x/a.json?sas=1' }));
    expect(await outputOf(main, [`https://example.com/templates/=${folder}/elsewhere`])).toBe('mapped');
  });

  test('are found beside the main template by the end of their address', async () => {
    await write('nested/a.json', answering('beside'));
    const uri = "[uri(deployment().properties.templateLink.uri, 'nested/a.json')]";
    expect(await outputOf(await write('main.json', linking({ uri })))).toBe('beside');
  });

  test('may be the main template itself when their path says so', async () => {
    const main = await write('azuredeploy.json', linking({ relativePath: 'azuredeploy.json' }));
    expect(await outputOf(main)).toEqual([{ rule: 'limit-exceeded', hint: undefined }]);
  });

  test('are not the main template itself, whatever they are called', async () => {
    const main = await write('azuredeploy.json', linking({ uri: 'https://example.com/other/azuredeploy.json' }));
    expect(await outputOf(main)).toContainEqual({
      rule: 'linked-template-unavailable',
      hint: "Give the folder in which it lies with --linked 'https://example.com/other/=<folder>'.",
    });
  });

  test('are not read outside of their folder', async () => {
    await write('secret.json', answering('secret'));
    const main = await write('inner/main.json', linking({ uri: 'https://example.com/t/../../secret.json' }));
    expect(await outputOf(main, [`https://example.com/t/=${folder}/inner`])).not.toBe('secret');
  });

  test.each([
    ['by a relative path', '../secret.json'],
    ['by a link in the file system', 'link.json'],
  ])('are not read outside of the folder of the main template %s', async (_name, relativePath) => {
    const secret = await write('secret.json', answering('secret'));
    const main = await write('inner/main.json', linking({ relativePath }));
    await symlink(secret, path.join(folder, 'inner/link.json'));
    const at = path.join(folder, 'inner', relativePath);
    const hint =
      relativePath === 'link.json'
        ? `Looked for ${at}.`
        : `${at} is outside of the template's folder and of the working directory, and is not read.`;
    expect(await outputOf(main)).toContainEqual({ rule: 'linked-template-unavailable', hint });
  });

  test('are found in another folder when an option opens it', async () => {
    await write('common/a.json', answering('common'));
    const main = await write('inner/main.json', linking({ relativePath: '../common/a.json' }));
    expect(await outputOf(main, [`https://example.com/=${folder}/common`])).toBe('common');
  });

  test('are not others of the same name when a mapping says where they are', async () => {
    await mkdir(path.join(folder, 'v2'));
    await write('a.json', answering('another'));
    const main = await write('main.json', linking({ uri: 'https://example.com/v2/a.json' }));
    expect(await outputOf(main, [`https://example.com/v2/=${folder}/v2`])).toContainEqual({
      rule: 'linked-template-unavailable',
      hint: `Looked for ${path.join(folder, 'v2/a.json')}.`,
    });
  });

  test('are found in a folder that agate.yaml gives from its own or from the root', async () => {
    await write('v1/a.json', answering('one'));
    const main = await write('main.json', linking({ uri: 'https://example.com/t/a.json' }));
    await write('agate.yaml', 'linked: { https://example.com/t/: v1 }');
    expect(await outputOf(main)).toBe('one');
    await write('agate.yaml', `linked: { https://example.com/t/: ${path.join(folder, 'v1')} }`);
    expect(await outputOf(main)).toBe('one');
  });

  test('are found for a template from standard input too', async () => {
    await write('v1/a.json', answering('one'));
    const text = JSON.stringify(linking({ uri: 'https://example.com/t/a.json' }));
    const stdin = Readable.from([text]);
    expect(await outputOf('-', [`https://example.com/t/=${folder}/v1`], { stdin, env: {} })).toBe('one');
  });

  test('are not sought when the folder that --linked gives is not there', async () => {
    const main = await write('main.json', answering('x'));
    await expect(loadInput({ template: main, linked: ['https://example.com/=nowhere'] }, world)).rejects.toMatchObject({
      code: 'InvalidOption',
      message: "--linked https://example.com/=nowhere: there is no folder 'nowhere'.",
    });
  });

  test('are sought in vain in a folder that agate.yaml gives and that is not there', async () => {
    await write('a.json', answering('another'));
    await write('agate.yaml', 'linked: { https://example.com/: nowhere }');
    const main = await write('main.json', linking({ uri: 'https://example.com/a.json' }));
    expect(await outputOf(main)).toContainEqual({
      rule: 'linked-template-unavailable',
      hint: `Looked for ${path.join(folder, 'nowhere/a.json')}.`,
    });
  });

  test('do not need every folder that agate.yaml gives', async () => {
    await write('common/a.json', answering('common'));
    await write('inner/agate.yaml', 'linked: { https://one.example/: nowhere, https://two.example/: ../common }');
    const main = await write('inner/main.json', linking({ uri: 'https://two.example/a.json' }));
    expect(await outputOf(main)).toBe('common');
  });

  test('of a template spec need a folder', async () => {
    const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Resources/templateSpecs/spec/versions/1.0';
    const main = await write('main.json', linking({ id }));
    expect(await outputOf(main)).toContainEqual({
      rule: 'linked-template-unavailable',
      hint: `Give the template spec's folder with --linked '${id}=<folder>'.`,
    });
  });

  test('an option that is none is refused', async () => {
    const main = await write('main.json', answering('x'));
    await expect(loadInput({ template: main, linked: ['nothing'] }, world)).rejects.toMatchObject({
      code: 'InvalidOption',
      message: '--linked nothing is not <uri prefix>=<folder>.',
    });
  });
});

describe('parameters', () => {
  test('come from files, texts and agate.yaml, each from its own folder', async () => {
    const main = await write('main.json', answering('x'));
    await write('agate.yaml', 'parameters: [values.json, a=1, b=@text.txt]\nresourceGroup: rg1\n');
    await write('values.json', {});
    await write('text.txt', 'text of b');
    const { parameters, context } = await loadInput({ template: main, parameters: ['c=2=3'] }, world);
    expect(parameters).toMatchObject([
      { kind: 'file', source: { text: '{}' } },
      { kind: 'text', name: 'a', text: '1' },
      { kind: 'fileText', name: 'b', source: { text: 'text of b' } },
      { kind: 'text', name: 'c', text: '2=3' },
    ]);
    expect(context).toMatchObject({ resourceGroup: 'rg1', name: 'main' });
  });

  test('as a mapping in agate.yaml keep their types', async () => {
    const main = await write('main.json', answering('x'));
    await write('agate.yaml', 'parameters: { zones: ["1", "2"], capacity: 3 }\n');
    const { parameters } = await loadInput({ template: main }, world);
    expect(parameters).toMatchObject([
      { kind: 'value', name: 'zones', value: { kind: 'Array' } },
      { kind: 'value', name: 'capacity', value: { kind: 'Integer', value: 3n } },
    ]);
  });
});

describe('what agate.yaml tells besides', () => {
  test('is read with the template', async () => {
    const main = await write('main.json', answering('x'));
    await write(
      'agate.yaml',
      [
        'deployment: { name: shop, cloud: AzureChinaCloud, deployer: { objectId: o }, time: "2024-05-01T12:00:00Z" }',
        'secrets: { vault/secret: s3cret }',
        'extensionConfigs: { k8s: { namespace: shop } }',
      ].join('\n'),
    );
    const { context, clock, secrets, extensionConfigs } = await loadInput({ template: main }, world);
    expect(context).toEqual({
      name: 'shop',
      cloud: 'AzureChinaCloud',
      deployer: { objectId: 'o', tenantId: undefined, userPrincipalName: '' },
    });
    expect(clock.now()).toBe(Date.UTC(2024, 4, 1, 12));
    expect(secrets.get('Vault/Secret')).toBe('s3cret');
    expect(toJson(extensionConfigs)).toEqual({ k8s: { namespace: { value: 'shop' } } });
  });
});

describe('external inputs of a parameter file', () => {
  const inputs = {
    sys_cli_0: { kind: 'sys.cli', config: 'count' },
    sys_envVar_1: { kind: 'sys.envVar', config: 'TARGET' },
    tool_2: { kind: 'tool', config: {} },
  };
  const file = {
    parameters: {
      all: { expression: `[createArray(${Object.keys(inputs).map((key) => `externalInputs('${key}')`)})]` },
    },
    externalInputDefinitions: inputs,
  };

  test('come from -p, the environment and agate.yaml', async () => {
    const main = await write('main.json', {
      ...answering('x'),
      parameters: { all: { type: 'array' } },
      outputs: { o: { type: 'array', value: "[parameters('all')]" } },
    });
    await write('agate.yaml', 'externalInputs: { count: 1, tool_2: [a] }\n');
    const parameters = [await write('main.parameters.json', file), 'externalInputs.count=2'];
    const input = await loadInput({ template: main, parameters }, { ...world, env: { TARGET: 'prod' } });
    const given = templateParameters(input.parameters);
    const template = readJson(input.source).value;
    if (template === undefined) throw new Error('not JSON');
    const { value, diagnostics } = evaluateTemplate({ template, parameters: given.value });
    expect([...given.diagnostics, ...diagnostics]).toEqual([]);
    expect(toJson(value.outputs.get('o')?.value ?? template)).toEqual(['2', 'prod', ['a']]);
  });
});

describe('Bicep', () => {
  /** Stands for the CLI, which cannot be had everywhere; what Agate asks of it and does with the answer is what counts. */
  async function installBicep(script: string): Promise<Record<string, string>> {
    const tool = await write('bin/bicep', `#!/bin/sh\n${script}\n`);
    await chmod(tool, 0o755);
    return { PATH: `${path.dirname(tool)}:/usr/bin:/bin` };
  }

  const working = `case "$1" in
    --version) echo "Bicep CLI version 0.40.1 (abc)";;
    build) echo '{"resources": [], "from": "'$(basename "$2")'"}';;
    build-params) printf '%s' '{"parametersJson": "{\\"parameters\\": {}}", "templateJson": "{}", "templateSpecId": null}';;
  esac`;

  test('compiles a template and a parameter file, and says what with', async () => {
    const env = await installBicep(working);
    const main = await write('main.bicep', '');
    const params = await write('main.bicepparam', '');
    const input = await loadInput({ template: main, parameters: [params] }, { ...world, env });
    expect(input.compiler).toBe('Bicep CLI version 0.40.1 (abc)');
    expect(input.source.text).toBe('{"resources": [], "from": "main.bicep"}\n');
    expect(input.parameters).toMatchObject([{ kind: 'file', source: { text: '{"parameters": {}}' } }]);
  });

  test('shows what the compiler says about a file that is wrong', async () => {
    const env = await installBicep(
      '[ "$1" = --version ] && echo v1 && exit 0\necho "main.bicep(1,1) : Error BCP001" >&2\nexit 1',
    );
    const main = await write('main.bicep', '');
    await expect(loadInput({ template: main }, { ...world, env })).rejects.toMatchObject({
      message: `'${main}' does not compile with v1:\nmain.bicep(1,1) : Error BCP001`,
    });
  });

  test('is asked for when it is missing', async () => {
    const main = await write('main.bicep', '');
    await expect(loadInput({ template: main }, { ...world, env: { PATH: folder } })).rejects.toMatchObject({
      code: 'ToolMissing',
      message: 'Bicep files need the bicep or az CLI, and neither is on the PATH.',
    });
  });
});

test.each([
  ['utf16le', Buffer.from('\uFEFF{"a": "ä"}', 'utf16le')],
  ['utf16be', Buffer.from('\uFEFF{"a": "ä"}', 'utf16le').swap16()],
  ['utf8', Buffer.from('{"a": "ä"}')],
])('reads a file in %s', async (_, bytes) => {
  const file = path.join(folder, 'main.json');
  await writeFile(file, bytes);
  const { source } = await loadInput({ template: file }, world);
  expect(source.text).toBe('{"a": "ä"}');
});
