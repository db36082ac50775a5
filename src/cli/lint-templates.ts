import { type Diagnostic, hasAtLeast, type Severity } from '../base/diagnostic.ts';
import { EmulatorError } from '../base/errors.ts';
import type { SourceText } from '../base/span.ts';
import { dropRepeats } from '../lint/drop-repeats.ts';
import { applyIgnores } from '../lint/ignores.ts';
import { requireRule } from '../lint/known-rules.ts';
import { type LintConfig, noLintConfig, parseSeverity, severitiesFor } from '../lint/lint-config.ts';
import { lintDocument } from '../lint/lint-template.ts';
import { pfxOpenerFor } from '../lint/pfx-opener-for.ts';
import { rules } from '../lint/rules/index.ts';
import type { Severities } from '../lint/run-rules.ts';
import { reporters } from '../reporters/reporters.ts';
import type { LintOptions } from './commands/lint.ts';
import { findTemplates } from './find-templates.ts';
import type { Io } from './io.ts';
import { type LoadedInput, loadDocument } from './load.ts';
import { mendTemplate } from './mend-template.ts';
import { painterFor } from './painter.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import { printFault } from './print-fault.ts';
import { Progress } from './progress.ts';
import { packageVersion } from './version.ts';

export interface LintReport {
  readonly report: string;
  /** Whether there is something at or above `--fail-on`. */
  readonly hasFindings: boolean;
  /** False when a file could not be read, or a configuration not be followed; the report covers the others. */
  readonly isComplete: boolean;
  /** How much `--fix` mended, or would mend; undefined when that was not asked for. */
  readonly mended: { readonly findings: number; readonly files: number } | undefined;
}

/** What the templates of one run have in common. */
interface LintRun {
  readonly options: LintOptions;
  readonly typed: Severities;
  readonly io: Io;
  readonly sources: Map<string, SourceText>;
  /** By the path of the configuration file; templates without one share the empty path. */
  readonly configs: Map<string, ConfiguredLint>;
}

/**
 * Checks templates one after the other and renders all findings as one report; or mends them, and reports what is left;
 * or shows how they would be mended.
 *
 * @param typed files, folders and patterns
 */
export async function lintTemplates(typed: readonly string[], options: LintOptions, io: Io): Promise<LintReport> {
  const run: LintRun = {
    options,
    io,
    typed: new Map(options.rule.map(parseRuleOption)),
    sources: new Map(),
    configs: new Map(),
  };
  const templates = await findTemplates(typed);
  const linted = await lintEach(templates, run);
  const isComplete = linted.length === templates.length && !hasAtLeast(findingsOfConfigs(run.configs), 'error');
  const mended = options.fix ? countMended(linted) : undefined;
  if (!isComplete && run.sources.size === 0) return { report: '', hasFindings: false, isComplete, mended };
  const diffs = linted.map(({ diff }) => diff);
  if (options.dryRun) printDiagnostics(findingsOfConfigs(run.configs), sourcesOfConfigs(run.configs), io);
  if (options.dryRun) return { report: diffs.join(''), hasFindings: diffs.some(Boolean), isComplete, mended };
  // A template that was mended after another one that links to it looks better to that one now.
  const left = mended?.files
    ? await lintEach(templatesOf(linted), { ...run, options: { ...options, fix: false } })
    : linted;
  const diagnostics = collectFindings(left, run.configs);
  const kept = new Set(diagnostics);
  const hasFindings = left.some((file) => hasAtLeast(keptOf(file, kept), file.failOn));
  const format = options.json ? 'json' : options.format;
  const painter = painterFor(io.stdout, io.env);
  const sources = new Map([...run.sources, ...sourcesInFindings(run.configs, diagnostics)]);
  const report = reporters[format](diagnostics, { sources, rules, version: packageVersion(), painter });
  return { report, hasFindings, isComplete, mended };
}

function templatesOf(linted: readonly LintedFile[]): readonly string[] {
  return linted.map(({ template }) => template);
}

function keptOf(file: LintedFile, kept: ReadonlySet<Diagnostic>): readonly Diagnostic[] {
  return file.diagnostics.filter((finding) => kept.has(finding));
}

/** All that is to be said: each configuration's ignores hold for the templates it is for, and count as used by any. */
function collectFindings(
  linted: readonly LintedFile[],
  configs: ReadonlyMap<string, ConfiguredLint>,
): readonly Diagnostic[] {
  const kept = [...configs].flatMap(([path, { config }]) => {
    const files = linted.filter((file) => file.configPath === path);
    return applyIgnores(
      files.flatMap((file) => file.diagnostics),
      config.ignores,
    );
  });
  return dropRepeats([...findingsOfConfigs(configs), ...kept]);
}

function findingsOfConfigs(configs: ReadonlyMap<string, ConfiguredLint>): readonly Diagnostic[] {
  return [...configs.values()].flatMap(({ diagnostics }) => diagnostics);
}

function sourcesOfConfigs(configs: ReadonlyMap<string, ConfiguredLint>): ReadonlyMap<string, SourceText> {
  return new Map([...configs.values()].flatMap(({ source }) => (source === undefined ? [] : [[source.name, source]])));
}

/** A configuration that nothing is said about is none of what was checked. */
function sourcesInFindings(
  configs: ReadonlyMap<string, ConfiguredLint>,
  findings: readonly Diagnostic[],
): readonly (readonly [string, SourceText])[] {
  return [...sourcesOfConfigs(configs)].filter(([name]) => findings.some(({ file }) => file === name));
}

interface LintedFile {
  readonly template: string;
  readonly configPath: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly failOn: Severity;
  /** What `--fix` mended. */
  readonly mended: readonly Diagnostic[];
  /** What it changed. */
  readonly diff: string;
}

/** From so many files on, one wants to see that it goes on. */
const many = 5;

async function lintEach(templates: readonly string[], run: LintRun): Promise<readonly LintedFile[]> {
  const progress = new Progress(templates.length < many ? undefined : run.io.stderr);
  const linted: LintedFile[] = [];
  for (const [index, template] of templates.entries()) {
    progress.show(`Checking ${index + 1} of ${templates.length}: ${template}`);
    try {
      linted.push(await lintTemplate(template, run));
    } catch (fault) {
      // One unreadable file among several must not hide what is wrong with the others.
      if (!(fault instanceof EmulatorError)) throw fault;
      progress.clear();
      printFault(fault, run.io);
    }
  }
  progress.clear();
  return linted;
}

function countMended(linted: readonly LintedFile[]) {
  return {
    findings: linted.reduce((sum, { mended }) => sum + mended.length, 0),
    files: linted.filter(({ diff }) => diff !== '').length,
  };
}

async function lintTemplate(template: string, { options, typed, io, sources, configs }: LintRun): Promise<LintedFile> {
  const loaded = await loadDocument(template, options, { standIns: true, placeholders: true }, io);
  const { config, source } = loaded.input;
  const configPath = config.file?.source.name ?? '';
  const lint = configs.get(configPath) ?? configuredLint(loaded);
  configs.set(configPath, lint);
  const choices = {
    severities: new Map([...severitiesFor(lint.config, source.name), ...typed]),
    openPfx: await pfxOpenerFor(loaded.document.document),
  };
  const check = (text: SourceText) => {
    const { diagnostics } = lintDocument({ ...loaded.document, document: text }, choices);
    // Linked templates are read only when they are evaluated.
    for (const [name, linked] of loaded.input.linkedSources) sources.set(name, linked);
    return [...loaded.parameterFindings, ...diagnostics];
  };
  const failOn = options.failOn ?? config.values.failOn ?? 'error';
  for (const [name, text] of loaded.sources) sources.set(name, text);
  const checked = { template, configPath, failOn };
  if (!options.fix) return { ...checked, diagnostics: check(source), mended: [], diff: '' };
  const wanted = (text: SourceText) => applyIgnores(check(text), lint.config.ignores);
  const { source: mendedSource, mended, diff } = await mendTemplate(template, source, wanted, options);
  return { ...checked, diagnostics: check(mendedSource), mended, diff };
}

/** A configuration, and what is wrong with it, which is told once however many templates it is for. */
interface ConfiguredLint {
  readonly config: LintConfig;
  readonly source: SourceText | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function configuredLint({ input }: LoadedInput): ConfiguredLint {
  const { lint = noLintConfig, file } = input.config;
  return { config: lint, source: file?.source, diagnostics: input.diagnostics };
}

function parseRuleOption(option: string): readonly [string, Severity | 'off'] {
  const [id = '', level = ''] = option.split('=');
  const severity = parseSeverity(level);
  if (severity === undefined) {
    throw new EmulatorError('InvalidOption', `--rule ${option} is not <id>=<off|info|warning|error>.`, {
      hint: 'As in --rule listener-without-rule=error',
    });
  }
  return [requireRule(id), severity];
}
