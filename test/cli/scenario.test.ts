import { describe, expect, test } from 'vitest';
import { matchesExpectation, parseScenario } from './scenario.ts';

const places = { root: '/checkout', folder: '/tmp/scenario', version: '1.2.3' };

describe('parseScenario', () => {
  test('reads description, commands, files and expectations', () => {
    const scenario = parseScenario(
      [
        'Shows the help.',
        '',
        'It ends with examples.',
        '==== command ====',
        'agate eval a.json',
        `agate run "my template.json" -p 'name=a b'`,
        '==== file a.json ====',
        '{}',
        '',
        '==== file sub/b.json ====',
        '==== in ====',
        '{root}',
        '==== environment ====',
        'NO_COLOR=1',
        '==== stdout ====',
        'one',
        '==== status ====',
        '2',
        '',
      ].join('\n'),
    );
    expect(scenario).toEqual({
      description: 'Shows the help.\n\nIt ends with examples.',
      commands: [
        ['eval', 'a.json'],
        ['run', 'my template.json', '-p', 'name=a b'],
      ],
      files: new Map([
        ['a.json', '{}\n\n'],
        ['sub/b.json', ''],
      ]),
      directory: '{root}',
      stdin: undefined,
      environment: { NO_COLOR: '1' },
      stopWhen: undefined,
      stdout: 'one\n',
      stderr: '',
      status: 2,
    });
  });

  test.each([
    ['==== command ====\nls -l', "A command starts with 'agate', this one is: ls -l"],
    ['==== stdout ====\n', 'A scenario needs a section ==== command ====.'],
    ['==== command ====\nagate\n==== sdtout ====\n', "'sdtout' is not a section of a scenario."],
    ['==== command ====\nagate\n==== status ====\n1\n==== status ====\n2', "The section 'status' is there twice."],
    ['==== command ====\nagate\n==== environment ====\nCI', 'The environment is written NAME=value, this line is: CI'],
  ])('refuses %j', (text, message) => expect(() => parseScenario(text)).toThrow(message));
});

test.each([
  ['a.b {x} [y]\n', 'a.b {x} [y]\n', true],
  ['a.b\n', 'aXb\n', false],
  ['a{2}\n', 'aa\n', false],
  ['http://127.0.0.1:{port}/\n', 'http://127.0.0.1:40123/\n', true],
  ['http://127.0.0.1:{port}/\n', 'http://127.0.0.1:x/\n', false],
  ['took {any} ms\n', 'took 1.5 ms\n', true],
  ['took {any} ms\n', 'took 1\n2 ms\n', false],
  ['first\n{lines}\nlast\n', 'first\nlast\n', true],
  ['first\n{lines}\nlast\n', 'first\n1\n2\nlast\n', true],
  ['first\n{lines}\nlast\n', 'first\n1\n2\n', false],
  ['{root}/a {folder}/b {version}\n', '/checkout/a /tmp/scenario/b 1.2.3\n', true],
  ['', '', true],
  ['', 'unexpected\n', false],
  ['{anything}\n', 'whatever\n', true],
])('expectation %j accepts %j: %s', (expected, actual, accepted) => {
  expect(matchesExpectation(expected, actual, places)).toBe(accepted);
});
