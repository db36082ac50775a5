import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repositoryRoot, runAgate, startAgate } from './run-agate.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agate-config-'));
  for (const name of ['azuredeploy.json', 'shop.test.yaml']) {
    await copyFile(path.join(repositoryRoot, 'fixtures/example', name), path.join(folder, name));
  }
});

afterEach(() => rm(folder, { recursive: true }));

function writeConfig(text: string): Promise<void> {
  return writeFile(path.join(folder, 'agate.yaml'), text);
}

function placesIn(text: string): readonly string[] {
  return [...text.matchAll(/^agate\.yaml:(\d+:\d+) {2}error {2}AGW0090/gm)].map(([, place = '']) => place);
}

const faulty = `backends:
  imges: localhost:3000
  web: localhost
  api: { folder: ./none }
  images: { ports: { 81: localhost:1 } }
hosts: { a.contoso.com: localhost, 10.0.0.4: 127.0.0.1 }
listen: { 4433: 8443 }
lint: { rules: { empty-pol: off } }
parameters: [missing.json]
unmapped: real
`;
const ofTheFile = ['3:8', '6:25', '6:36', '8:29', '9:14', '10:11'];
const ofTheGateway = ['2:3', '4:18', '5:22', '7:11'];
const all = [...ofTheFile, ...ofTheGateway].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));

const url = 'http://shop.contoso.com/';
const commands: readonly (readonly [args: readonly string[], places: readonly string[]])[] = [
  [['run', 'azuredeploy.json', '--admin', 'off'], all],
  [['test', 'azuredeploy.json'], all],
  [['health', 'azuredeploy.json'], all],
  [['lint', 'azuredeploy.json'], ofTheFile],
  [['explain', 'azuredeploy.json', url], ofTheFile],
  [['routes', 'azuredeploy.json'], ofTheFile],
  [['eval', 'azuredeploy.json'], ofTheFile],
  [['init', 'azuredeploy.json', '--force'], ofTheFile],
];

test.each(commands)('agate %j tells every fault of agate.yaml at once, and exits with 2', async (args, places) => {
  await writeConfig(faulty);
  const { status, stdout, stderr } = await runAgate(args, { directory: folder });
  expect(placesIn(args[0] === 'lint' ? stdout : stderr)).toEqual(places);
  expect(status).toBe(2);
});

test.each([
  ['ca: none.pem', '1:5', "There is no file 'none.pem'."],
  ['certificates: ./none', '1:15', "There is no folder './none'."],
  ['certificates: { contoso: { file: none.pfx } }', '1:34', "There is no file or folder 'none.pfx'."],
  ['certificates: { contoso: none.pfx, other: none.pfx }', '1:26', "There is no file or folder 'none.pfx'."],
  ['gateway: other', '1:10', "'azuredeploy.json' deploys no application gateway 'other'."],
])('%s is told where it stands, at %s', async (yaml, place, message) => {
  await writeConfig(`${yaml}\n`);
  const args = ['run', 'azuredeploy.json', '--listen', 'all=0', '--admin', 'off'];
  const { status, stderr } = await runAgate(args, { directory: folder });
  expect(stderr).toContain(`agate.yaml:${place}  error  AGW0090  ${message}\n`);
  expect(placesIn(stderr)).toEqual([place]);
  expect(status).toBe(2);
});

test.each([
  ['parameters: { sise: 1 }', 'agate.yaml:1:15  error  AGW1011'],
  ['parameters: { capacity: many }', 'agate.yaml:1:25  error  AGW1012'],
])('%s is a fault of agate.yaml', async (yaml, finding) => {
  await writeConfig(`${yaml}\n`);
  const { status, stderr } = await runAgate(['eval', 'azuredeploy.json'], { directory: folder });
  expect(stderr).toContain(finding);
  expect(status).toBe(2);
});

test('a fault is shown as one of a template is', async () => {
  await writeConfig('backends:\n  imges: localhost:3000\n');
  const { stderr } = await runAgate(['run', 'azuredeploy.json', '--admin', 'off'], { directory: folder });
  expect(
    stderr,
  ).toContain(`agate.yaml:2:3  error  AGW0090  The backend mapping 'imges' names no pool and no member of one.
    2 |   imges: localhost:3000
      |   ^^^^^
  hint: Did you mean 'images'?
  rule: invalid-configuration
`);
});

test('a configuration that nothing is wrong with is not among the files that were checked', async () => {
  await writeConfig('admin: off\n');
  const { stdout } = await runAgate(['lint', 'azuredeploy.json'], { directory: folder });
  expect(stdout).toMatch(/in azuredeploy\.json\n$/);
});

test('agate lint --fix --dry-run tells faults of agate.yaml beside the changes', async () => {
  await writeConfig('unmapped: real\n');
  const args = ['lint', 'azuredeploy.json', '--fix', '--dry-run'];
  const { status, stderr } = await runAgate(args, { directory: folder });
  expect(placesIn(stderr)).toEqual(['1:11']);
  expect(status).toBe(2);
});

test('a fault of agate.yaml cannot be ignored away', async () => {
  await writeConfig('lint: { ignore: [{ rule: invalid-configuration, reason: later }] }\nunmapped: real\n');
  const { status, stdout } = await runAgate(['lint', 'azuredeploy.json'], { directory: folder });
  expect(placesIn(stdout)).toContain('2:11');
  expect(status).toBe(2);
});

test('standIns of agate.yaml gives parameters without a value one', async () => {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { size: { type: 'int' } },
    resources: [],
    outputs: { size: { type: 'int', value: "[parameters('size')]" } },
  };
  await writeFile(path.join(folder, 'sized.json'), JSON.stringify(template));
  const evaluate = () => runAgate(['eval', 'sized.json'], { directory: folder });
  expect(await evaluate()).toMatchObject({ status: 2 });
  await writeConfig('standIns: true\n');
  expect(await evaluate()).toMatchObject({ status: 0 });
});

test('a log that agate.yaml names is written where that lies', async () => {
  await writeConfig('accessLog: access.log\n');
  const args = ['run', path.join(folder, 'azuredeploy.json'), '--listen', 'all=0', '--admin', 'off', '--json'];
  await using agate = startAgate(args, { directory: tmpdir() });
  const { listeners } = await agate.event('ready');
  const [{ port = 0 } = {}] = listeners as readonly { readonly port?: number }[];
  expect(port).toBeGreaterThan(0);
  await expect(copyFile(path.join(folder, 'access.log'), path.join(folder, 'copy.log'))).resolves.toBeUndefined();
});

test('--watch tells every fault of a changed agate.yaml, and goes on as it was', async () => {
  await writeConfig('unmapped: mock\n');
  const args = ['run', 'azuredeploy.json', '--listen', 'all=0', '--admin', 'off', '--json', '--watch'];
  await using agate = startAgate(args, { directory: folder });
  const { listeners } = await agate.event('ready');
  const http = (listeners as readonly { readonly url: string; readonly protocol: string }[]).find(
    ({ protocol }) => protocol === 'Http',
  );
  await writeConfig(faulty);
  const { message } = await agate.event('notice', ({ severity }) => severity === 'error');
  expect(message).toBe("'azuredeploy.json' is not served. The gateway goes on as it was.");
  expect(placesIn(agate.stderr)).toEqual(all);
  expect((await fetch(http?.url ?? '', { redirect: 'manual' })).status).toBeLessThan(500);

  await writeConfig('unmapped: down\n');
  await agate.event('redeploy');
  const later = await agate.event(
    'notice',
    (event) => event['severity'] === 'warning' && /unmapped/.test(String(event['message'])),
  );
  expect(later['message']).toBe(
    "What agate.yaml says under 'unmapped' has changed, and counts from the next start on.",
  );
});

test('--watch sees an agate.yaml that is written later', async () => {
  const args = ['run', 'azuredeploy.json', '--listen', 'all=0', '--admin', 'off', '--json', '--watch'];
  await using agate = startAgate(args, { directory: folder });
  await agate.event('ready');
  await writeConfig('strict: maybe\n');
  await agate.event('notice', ({ severity }) => severity === 'error');
  expect(placesIn(agate.stderr)).toEqual(['1:9']);
});
