import { type Diagnostic, hasAtLeast, type Severity, severities } from '../base/diagnostic.ts';
import { EmulatorError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { SourceText } from '../base/span.ts';
import type { LoadedConfig } from '../input/config.ts';
import { applyIgnores, type Ignore } from '../lint/ignores.ts';
import { knownRuleIds } from '../lint/known-rules.ts';
import { type LintConfig, noLintConfig, parseSeverity, readLintConfig, severitiesFor } from '../lint/lint-config.ts';
import { lintDocument } from '../lint/lint-template.ts';
import { pfxOpenerFor } from '../lint/pfx-opener-for.ts';
import { rules } from '../lint/rules/index.ts';
import type { Severities } from '../lint/run-rules.ts';
import { reporters } from '../reporters/reporters.ts';
import type { LintOptions } from './commands/lint.ts';
import type { Io } from './io.ts';
import { loadDocument } from './load.ts';
import { painterFor } from './painter.ts';
import { printFault } from './print-fault.ts';
import { packageVersion } from './version.ts';

export interface LintReport {
  readonly report: string;
  /** Whether there is something at or above `--fail-on`. */
  readonly hasFindings: boolean;
  /** False when a file could not be read; the report covers the others. */
  readonly isComplete: boolean;
}

/** What the templates of one run have in common. */
interface LintRun {
  readonly options: LintOptions;
  readonly typed: Severities;
  readonly io: Io;
  readonly sources: Map<string, SourceText>;
  /** Of all configuration files, by their path: one that fits no template at all is reported once. */
  readonly ignores: Map<string, readonly Ignore[]>;
}

/** Checks templates one after the other and renders all findings as one report. */
export async function lintTemplates(templates: readonly string[], options: LintOptions, io: Io): Promise<LintReport> {
  const run: LintRun = {
    options,
    io,
    typed: new Map(options.rule.map(parseRuleOption)),
    sources: new Map(),
    ignores: new Map(),
  };
  const linted: LintedFile[] = [];
  let isComplete = true;
  for (const template of templates) {
    try {
      linted.push(await lintTemplate(template, run));
    } catch (fault) {
      // One unreadable file among several must not hide what is wrong with the others.
      if (!(fault instanceof EmulatorError)) throw fault;
      printFault(fault, io);
      isComplete = false;
    }
  }
  if (!isComplete && run.sources.size === 0) return { report: '', hasFindings: false, isComplete };
  const diagnostics = applyIgnores(
    linted.flatMap((file) => file.diagnostics),
    [...run.ignores.values()].flat(),
  );
  const hasFindings = linted.some((file) =>
    hasAtLeast(
      file.diagnostics.filter((finding) => diagnostics.includes(finding)),
      file.failOn,
    ),
  );
  const format = options.json ? 'json' : options.format;
  const painter = painterFor(io.stdout, io.env);
  const report = reporters[format](diagnostics, { sources: run.sources, rules, version: packageVersion(), painter });
  return { report, hasFindings, isComplete };
}

interface LintedFile {
  readonly diagnostics: readonly Diagnostic[];
  readonly failOn: Severity;
}

async function lintTemplate(template: string, { options, typed, io, sources, ignores }: LintRun): Promise<LintedFile> {
  const loaded = await loadDocument(template, options, { standIns: true, placeholders: true }, io);
  for (const [name, source] of loaded.sources) sources.set(name, source);
  const { config, source } = loaded.input;
  const lint = configuredLint(config);
  ignores.set(config.path ?? '', lint.config.ignores);
  const { diagnostics } = lintDocument(loaded.document, {
    severities: new Map([...severitiesFor(lint.config, source.name), ...typed]),
    openPfx: await pfxOpenerFor(loaded.document.document),
  });
  return {
    diagnostics: [...loaded.diagnostics, ...lint.diagnostics, ...diagnostics],
    failOn: options.failOn ?? parseFailOn(config.values.failOn) ?? 'error',
  };
}

function configuredLint({ values, path }: LoadedConfig): {
  readonly config: LintConfig;
  readonly diagnostics: readonly Diagnostic[];
} {
  if (values.lint === undefined || path === undefined) return { config: noLintConfig, diagnostics: [] };
  const { value, diagnostics } = readLintConfig(values.lint, path);
  return { config: value, diagnostics };
}

function parseFailOn(value: string | undefined): Severity | undefined {
  const severity = severities.find((each) => each === value);
  if (value === undefined || severity !== undefined) return severity;
  throw new EmulatorError('InvalidOption', `failOn is '${value}'; allowed: ${severities.join(', ')}.`);
}

function parseRuleOption(option: string): readonly [string, Severity | 'off'] {
  const [id = '', level = ''] = option.split('=');
  const severity = parseSeverity(level);
  if (severity === undefined) {
    throw new EmulatorError('InvalidOption', `--rule ${option} is not <id>=<off|info|warning|error>.`, {
      hint: 'As in --rule listener-without-rule=error',
    });
  }
  const known = knownRuleIds();
  if (known.includes(id)) return [id, severity];
  const nearest = nearestName(id, known);
  throw new EmulatorError('InvalidOption', `There is no rule '${id}'.`, {
    hint: nearest === undefined ? '`agate rules` lists the rules.' : `Did you mean '${nearest}'?`,
  });
}
