/**
 * Scenarios: a command, the files it finds and what it prints, as one text file in `fixtures/scenarios/`.
 *
 *     Names the rule that refers to nothing.            ← free text: what the scenario shows, and why
 *     ==== command ====
 *     agate lint azuredeploy.json
 *     ==== file azuredeploy.json ====
 *     { "resources": [] }
 *     ==== stdout ====
 *     azuredeploy.json:1:1  error  {any}
 *     ==== status ====
 *     1
 *
 * Sections, of which only `command` is needed:
 *
 * | Section            | Meaning                                                                                     |
 * |--------------------|---------------------------------------------------------------------------------------------|
 * | `command`          | Several lines run one after the other in the same folder until one exits with another status than 0. Words are split at blanks; quotes `'…'` and `"…"` hold a word together. There is no shell. |
 * | `file <path>`      | A file in the scenario's own folder, which is the working directory.                         |
 * | `in`               | Another working directory: `{root}` is the checkout, where the examples of `--help` work.    |
 * | `stdin`            | Standard input of the last command.                                                          |
 * | `environment`      | Lines `NAME=value`.                                                                          |
 * | `stop when`        | As soon as the output contains this text the last command gets SIGTERM; for commands that stay up. |
 * | `stdout`, `stderr` | What is printed, word for word but for the placeholders below. Without the section nothing may be printed. `{anything}` alone accepts all. |
 * | `status`           | The exit code; 0 without the section.                                                        |
 *
 * Placeholders in commands: `{root}` (the checkout), `{folder}` (the scenario's folder).
 * Placeholders in `stdout` and `stderr`: those two; `{port}` and `{number}` (digits), `{version}` (of the package), `{any}` (the rest of
 * the line, or what stands between its neighbours on it), `{lines}` on a line of its own (any number of lines).
 */
export interface Scenario {
  readonly description: string;
  readonly commands: readonly (readonly string[])[];
  readonly files: ReadonlyMap<string, string>;
  readonly directory: string | undefined;
  readonly stdin: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly stopWhen: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** What placeholders stand for. */
export interface ScenarioPlaces {
  readonly root: string;
  readonly folder: string;
  readonly version: string;
}

const heading = /^==== (.+) ====$/;

/** Reads the text of a scenario file. */
export function parseScenario(text: string): Scenario {
  const { description, sections } = splitSections(text);
  const files = new Map<string, string>();
  for (const [name, body] of sections) {
    if (name.startsWith('file ')) files.set(name.slice('file '.length), body);
    else if (!knownSections.has(name)) throw new Error(`'${name}' is not a section of a scenario.`);
  }
  const command = sections.get('command');
  if (command === undefined) throw new Error('A scenario needs a section ==== command ====.');
  return {
    description,
    commands: nonEmptyLines(command).map(splitCommand),
    files,
    directory: sections.get('in')?.trim(),
    stdin: sections.get('stdin'),
    environment: Object.fromEntries(nonEmptyLines(sections.get('environment') ?? '').map(splitAssignment)),
    stopWhen: sections.get('stop when')?.trimEnd(),
    stdout: sections.get('stdout') ?? '',
    stderr: sections.get('stderr') ?? '',
    status: Number(sections.get('status') ?? 0),
  };
}

const knownSections = new Set(['command', 'in', 'stdin', 'environment', 'stop when', 'stdout', 'stderr', 'status']);

function splitSections(text: string): { description: string; sections: Map<string, string> } {
  const sections = new Map<string, string>();
  const description: string[] = [];
  let body = description;
  let name: string | undefined;
  const close = () => {
    if (name !== undefined) sections.set(name, body.map((line) => `${line}\n`).join(''));
  };
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const next = heading.exec(line)?.[1];
    if (next === undefined) {
      body.push(line);
      continue;
    }
    close();
    if (sections.has(next)) throw new Error(`The section '${next}' is there twice.`);
    name = next;
    body = [];
  }
  close();
  return { description: description.join('\n').trim(), sections };
}

function nonEmptyLines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** The words of a command line, without `agate` itself. */
function splitCommand(line: string): string[] {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => {
    return single ?? double ?? bare ?? '';
  });
  if (words[0] !== 'agate') throw new Error(`A command starts with 'agate', this one is: ${line}`);
  return words.slice(1);
}

function splitAssignment(line: string): [string, string] {
  const at = line.indexOf('=');
  if (at === -1) throw new Error(`The environment is written NAME=value, this line is: ${line}`);
  return [line.slice(0, at), line.slice(at + 1)];
}

/** Puts the places into a command's words. */
export function fillPlaces(text: string, places: ScenarioPlaces): string {
  return text
    .replaceAll('{root}', places.root)
    .replaceAll('{folder}', places.folder)
    .replaceAll('{version}', places.version);
}

/** Whether a text is what a scenario expects, placeholders considered. */
export function matchesExpectation(expected: string, actual: string, places: ScenarioPlaces): boolean {
  if (expected.trim() === '{anything}') return true;
  return new RegExp(`^${expectationPattern(fillPlaces(expected, places))}$`).test(actual);
}

function expectationPattern(expected: string): string {
  return expected
    .replace(/[\\^$.*+?()[\]|]/g, '\\$&')
    .replace(/^\{lines\}\n/gm, '(?:.*\\n)*?')
    .replace(/\{(?:port|number)\}/g, '\\d+')
    .replace(/\{any\}/g, '.*?')
    .replaceAll('{', '\\{');
}
