import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { authority, forHosts, type Made, make, pfx } from '../certificates/pki.ts';
import { type RunningAgate, repositoryRoot, runAgate, startAgate } from './run-agate.ts';

const example = join(repositoryRoot, 'fixtures/example/azuredeploy.json');
const folder = mkdtempSync(join(tmpdir(), 'agate-certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const root = make({ subject: '/CN=Own CA', extensions: authority });
writeFileSync(at('root.pem'), root.cert + root.key);
writeFileSync(at('root.crt'), root.cert);
const site = make({ subject: '/CN=site', extensions: forHosts('shop.contoso.com') });
writeFileSync(at('site.pem'), site.cert + site.key);

const quietly = ['--json', '--listen', 'all=0', '--admin', 'off'];

async function httpsPort(agate: RunningAgate): Promise<number> {
  const { listeners } = (await agate.event('ready')) as unknown as { listeners: { protocol: string; port: number }[] };
  return listeners.find(({ protocol }) => protocol === 'Https')?.port ?? 0;
}

test('agate run --ca makes certificates that clients of that authority accept', async () => {
  await using agate = startAgate(['run', example, '--ca', at('root.pem'), ...quietly]);
  const url = `https://shop.contoso.com.localhost:${await httpsPort(agate)}/images/cat.png`;
  const strict = ['-sS', '--cacert', at('root.crt'), '-o', '-', '-w', '\n%{http_code} %{ssl_verify_result}', url];
  expect((await promisify(execFile)('curl', strict)).stdout).toMatch(/\n200 0$/);
});

test.each(['run', 'test'])('agate %s --ca refuses what is no authority', async (command) => {
  const { status, stderr } = await runAgate([command, example, '--ca', at('site.pem')]);
  expect([status, stderr]).toEqual([2, expect.stringContaining(`'${at('site.pem')}' is not that of an authority.`)]);
});

test('an authority in a PFX file with a password is wanted as PEM', async () => {
  writeFileSync(at('root.pfx'), Buffer.from(pfx(root, [], 'agate'), 'base64'));
  const { status, stderr } = await runAgate(['run', example, '--ca', at('root.pfx')]);
  expect([status, stderr]).toEqual([2, expect.stringContaining('hint   Take PEM: openssl pkcs12 -in <pfx> -nodes')]);
});

test('agate test --ca runs tests', async () => {
  expect((await runAgate(['test', example, '--ca', at('root.pem')])).status).toBe(0);
});

function shown(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(
      { host: '127.0.0.1', port, servername: 'shop.contoso.com', rejectUnauthorized: false },
      () => {
        resolve(socket.getPeerX509Certificate()?.subject ?? '');
        socket.destroy();
      },
    );
    socket.on('error', reject);
  });
}

test('a file of agate.yaml is shown, and with --watch a renewed one soon after', async () => {
  const project = at('project');
  await mkdir(project);
  await copyFile(example, join(project, 'azuredeploy.json'));
  writeFileSync(join(project, 'agate.yaml'), 'certificates: { contoso: contoso.pem }\n');
  const write = ({ cert, key }: Made) => writeFileSync(join(project, 'contoso.pem'), cert + key);
  write(site);
  await using agate = startAgate(['run', join(project, 'azuredeploy.json'), '--watch', ...quietly]);
  const port = await httpsPort(agate);
  expect(await shown(port)).toBe('CN=site');
  write(make({ subject: '/CN=renewed', extensions: forHosts('shop.contoso.com') }));
  await agate.event('redeploy');
  expect(await shown(port)).toBe('CN=renewed');
});

const password = 'Agate0Secret0Password';
const data = pfx(make({ subject: '/CN=shop.contoso.com', keyType: 'rsa' }), [], password);

/** The example with a certificate that comes from secure parameters, given in a file. */
function writeSecretProject(): { readonly template: string; readonly parameters: string } {
  const text = readFileSync(example, 'utf8')
    .replace(/"keyVaultSecretId": "[^"]*"/, `"data": "[parameters('data')]", "password": "[parameters('password')]"`)
    .replace('"parameters": {', `"parameters": { "data": ${secure}, "password": ${secure},`);
  writeFileSync(at('secret.json'), text);
  const parameters = { data: { value: data }, password: { value: `${password}?` } };
  writeFileSync(at('secret.parameters.json'), JSON.stringify({ contentVersion: '1.0.0.0', parameters }, null, 2));
  return { template: at('secret.json'), parameters: at('secret.parameters.json') };
}

const secure = '{ "type": "secureString" }';
const url = 'https://shop.contoso.com/';

test.each([
  ['eval', []],
  ['eval', ['--expression', "[concat(base64(parameters('password')), parameters('password'))]"]],
  ['eval', ['--expression', "[int(parameters('password'))]"]],
  ['eval', ['--expression', "[fail(parameters('password'))]"]],
  ['lint', ['--format', 'pretty']],
  ['lint', ['--format', 'json']],
  ['lint', ['--format', 'sarif']],
  ['explain', [url]],
  ['routes', []],
  ['test', []],
])('agate %s %j shows neither a password nor a certificate with its key', async (command, args) => {
  const { template, parameters } = writeSecretProject();
  const { stdout, stderr } = await runAgate([command, template, ...args, '--parameters', parameters]);
  const text = stdout + stderr;
  expect(text).not.toBe('');
  const inBase64 = Buffer.from(password).toString('base64').slice(0, 20);
  for (const secret of [password, inBase64, data.slice(100, 140)]) expect(text).not.toContain(secret);
});

// A finding shows the line it is about; a file of parameters can be a single one.
test('a finding about a secure parameter does not show its value', async () => {
  const { template } = writeSecretProject();
  const parameters = {
    data: { value: [password] },
    password: { value: password },
    capacity: { value: password.length },
  };
  writeFileSync(at('line.parameters.json'), JSON.stringify({ contentVersion: '1.0.0.0', parameters }));
  const { stdout } = await runAgate(['lint', template, '--parameters', at('line.parameters.json')]);
  expect(stdout).toContain('"data":{"value":****');
  expect(stdout).not.toContain(password);
});
