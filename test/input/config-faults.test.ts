import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { SourceText } from '../../src/base/span.ts';
import { loadConfig } from '../../src/input/config.ts';
import { configShape } from '../../src/input/config-shape.ts';
import { parseConfig } from '../../src/input/parse-config.ts';

function parse(text: string) {
  const source = new SourceText('agate.yaml', text);
  const { values, diagnostics } = parseConfig(source);
  const findings = diagnostics.map(({ range, message }) => `${range?.start.line}:${range?.start.column} ${message}`);
  return { values, findings, diagnostics, source };
}

const backend = "'host:port', a URL without a path, or a mapping with folder, response or ports";
const addresses = 'an IP address or a list of them';

const faults: readonly (readonly [yaml: string, finding: string])[] = [
  ['parameters: 3', "1:13 'parameters' is 3; it should be a list or a mapping."],
  ['parameters: [a.json, [b]]', '1:22 This is a list; it should be a path.'],
  ['subscription: [a]', "1:15 'subscription' is a list; it should be text."],
  ['resourceGroup: true', "1:16 'resourceGroup' is true; it should be text."],
  ['location: { a: b }', "1:11 'location' is a mapping; it should be text."],
  ['gateway: ""', `1:10 'gateway' is ""; it should be text.`],
  ['linked: { https://a/: [b] }', "1:23 'https://a/' is a list; it should be a path."],
  ['references: [a]', "1:13 'references' is a list; it should be a mapping."],
  ['externalInputs: x', `1:17 'externalInputs' is "x"; it should be a mapping.`],
  ['extensionConfigs: { k8s: text }', `1:26 'k8s' is "text"; it should be a mapping.`],
  ['secrets: { a/b: [c] }', "1:17 'a/b' is a list; it should be text."],
  ['deployment: { deployer: { id: x } }', "1:27 There is no 'id' here."],
  ['portOffset: 1.5', "1:13 'portOffset' is 1.5; it should be a whole number from 0 to 65535."],
  ['portOffset: -1', "1:13 'portOffset' is -1; it should be a whole number from 0 to 65535."],
  ['listen: { 443: x }', `1:16 '443' is "x"; it should be a port or 'address:port'.`],
  ['listen: { 443: 70000 }', "1:16 '443' is 70000; it should be a port or 'address:port'."],
  ['listen: { https: 8443 }', "1:11 'https' is neither a frontend port nor 'all'."],
  ['bind: 999.1.1.1', `1:7 'bind' is "999.1.1.1"; it should be an address of this machine.`],
  ['backends: [a]', "1:11 'backends' is a list; it should be a mapping."],
  ['backends: { web: localhost }', `1:18 'web' is "localhost"; it should be ${backend}.`],
  ['backends: { web: 3000 }', `1:18 'web' is 3000; it should be ${backend}.`],
  ['backends: { web: "http://a/path" }', `1:18 'web' is "http://a/path"; it should be ${backend}.`],
  ['backends: { web: }', `1:13 'web' is empty; it should be ${backend}.`],
  ['backends: { web: { folder: a, spa: true } }', "1:31 There is no 'spa' here."],
  [
    'backends: { web: { ports: { 0: "a:1" } } }',
    "1:29 '0' is no port: a number from 1 to 65535, as the backend settings have it.",
  ],
  ['backends: { web: { ports: { 80: a } } }', `1:33 '80' is "a"; it should be 'host:port' or a URL without a path.`],
  ['unmapped: real', `1:11 'unmapped' is "real"; it should be one of mock, live, down.`],
  ['verifyBackends: yes', `1:17 'verifyBackends' is "yes"; it should be true or false.`],
  ['hosts: { a: localhost }', `1:13 'a' is "localhost"; it should be ${addresses}.`],
  ['hosts: { a: [127.0.0.1, x] }', '1:25 This is "x"; it should be an IPv4 or IPv6 address.'],
  ['hosts: { a: [] }', `1:13 'a' is a list; it should be ${addresses}.`],
  ['hosts: { 10.0.0.4: 127.0.0.2 }', "1:10 '10.0.0.4' is an address already, and only names are given addresses."],
  ['hosts: { fd00::4: 127.0.0.2 }', "1:10 'fd00::4' is an address already, and only names are given addresses."],
  ['certificates: { site: [a] }', "1:23 'site' is a list; it should be a path, or { file: …, password: … }."],
  ['certificates: { site: { file: a, pasword: b } }', "1:34 There is no 'pasword' here."],
  ['ca: [a]', "1:5 'ca' is a list; it should be a path."],
  [
    'ocspResponders: { ocsp.test: http://127.0.0.1:1 }',
    "1:19 'ocsp.test' is no URL, as certificates name their responder.",
  ],
  ['ocspResponders: { http://ocsp.test: 2560 }', "1:37 'http://ocsp.test' is 2560; it should be a URL."],
  ['admin: nowhere', `1:8 'admin' is "nowhere"; it should be a port, 'address:port' or off.`],
  ['accessLog: true', "1:12 'accessLog' is true; it should be a path."],
  ['performanceLog: []', "1:17 'performanceLog' is a list; it should be a path."],
  ['instances: 0', "1:12 'instances' is 0; it should be a whole number from 1 to 125."],
  ['strict: 1', "1:9 'strict' is 1; it should be true or false."],
  ['standIns: sure', `1:11 'standIns' is "sure"; it should be true or false.`],
  ['failOn: never', `1:9 'failOn' is "never"; it should be one of error, warning, info.`],
  ['lint: { rule: {} }', "1:9 There is no 'rule' here."],
  ['lint: { overrides: [{ rules: {} }] }', "1:21 'files' is missing."],
  ['behaviour: { pathCase: both }', `1:24 'pathCase' is "both"; it should be one of insensitive, sensitive.`],
  ['errorPages: { https://a/: [b] }', "1:27 'https://a/' is a list; it should be a path."],
];

test.each(faults)('%s', (yaml, finding) => {
  const { findings, diagnostics } = parse(yaml);
  expect(findings).toEqual([finding]);
  expect(diagnostics[0]).toMatchObject({ code: 'AGW0090', severity: 'error', hint: expect.stringMatching(/\w/) });
});

test('every option has a fault that is told', () => {
  const options = Object.keys(configShape.schema['properties'] ?? {});
  expect(options.filter((name) => !faults.some(([yaml]) => yaml.startsWith(`${name}:`)))).toEqual([]);
});

test('all faults are told in one reading, and what has none is read', () => {
  const all = faults.filter(([yaml], at) => faults.findIndex(([other]) => nameOf(other) === nameOf(yaml)) === at);
  const { findings, values } = parse(
    [...all.map(([yaml]) => yaml).filter((yaml) => nameOf(yaml) !== 'strict'), 'strict: true'].join('\n'),
  );
  expect(findings).toHaveLength(all.length - 1);
  expect(values).toMatchObject({ strict: true });
});

function nameOf(yaml: string): string {
  return yaml.slice(0, yaml.indexOf(':'));
}

test('a name that stands twice does not hide what else is wrong', () => {
  expect(parse('admin: off\nadmin: 9901\ninstances: 0').findings).toEqual([
    "2:1 'agate.yaml' is not valid YAML: The same name stands here twice.",
    "3:12 'instances' is 0; it should be a whole number from 1 to 125.",
  ]);
});

test('a tag that nobody knows is not passed over', () => {
  expect(parse('gateway: !env NAME\nstrict: !!bool true').findings).toEqual([
    "1:10 'agate.yaml' is not valid YAML: The tag here means nothing.",
  ]);
});

test.each([
  ['- a', '1:1'],
  ['text', '1:1'],
])('%j is no mapping', (yaml, at) => {
  expect(parse(yaml).findings).toEqual([`${at} 'agate.yaml' should hold a mapping of options.`]);
});

test('a section without a value says nothing', () => {
  expect(parse('backends:\n  # web: localhost:3000\nadmin: off')).toMatchObject({
    values: { admin: 'off' },
    findings: [],
  });
});

test('an alias stands for its value, and a fault in it is told where it is written', () => {
  const { values, findings } = parse(
    'hosts: { a.test: &here 127.0.0.2, b.test: *here }\nbackends: { web: &x nowhere, api: *x }',
  );
  expect(values.hosts).toEqual({ 'a.test': '127.0.0.2', 'b.test': '127.0.0.2' });
  expect(findings).toEqual([
    `2:21 'web' is "nowhere"; it should be ${backend}.`,
    `2:35 'api' is "nowhere"; it should be ${backend}.`,
  ]);
});

test('secrets are not shown beside what is wrong', () => {
  const text =
    'secrets: { a/b: [hunter2] }\ncertificates: { a: { file: [], password: hunter3 } }\nparameters: [key=hunter4, [x]]';
  const { source } = parse(text);
  const shown = [1, 2, 3].map((line) => source.shownLine(line)).join('\n');
  expect(shown).not.toContain('hunter');
  expect(shown).toContain('[key=*******, [*]]');
});

test('what is wrong with the lint section is told to whoever loads the file, and UTF-16 is read', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'agate-config-'));
  try {
    await writeFile(
      path.join(folder, 'agate.yaml'),
      Buffer.from('\uFEFFlint: { rules: { empty-pol: off } }', 'utf16le'),
    );
    const { diagnostics } = await loadConfig(undefined, path.join(folder, 'azuredeploy.json'));
    expect(diagnostics.map(({ message, hint }) => [message, hint])).toEqual([
      ["There is no rule 'empty-pol'.", "Did you mean 'empty-pool'?"],
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a name that is a list is told of, and of nothing else', async () => {
  const warned = vi.fn();
  process.on('warning', warned);
  const { findings } = parse('? [a]\n: b\n');
  // Warnings are emitted a turn later.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', warned);
  expect(findings).toEqual(["1:1 There is no '[ a ]' here."]);
  expect(warned).not.toHaveBeenCalled();
});
