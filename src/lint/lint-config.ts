import type { Diagnostic, DiagnosticKind, Result, Severity } from '../base/diagnostic.ts';
import { severities as allSeverities, diagnose } from '../base/diagnostic.ts';
import { folderOf, relativePath } from '../base/relative-path.ts';
import type { Value } from '../template/value.ts';
import { matchesGlob } from './glob.ts';
import type { Ignore } from './ignores.ts';
import { idOfRule, suggestRule } from './known-rules.ts';
import { Raw } from './raw.ts';
import { readIgnores } from './read-ignores.ts';
import type { Severities } from './run-rules.ts';

/** The `lint` section of `agate.yaml`. */
export interface LintConfig {
  readonly severities: Severities;
  readonly ignores: readonly Ignore[];
  /** Severities of some files only; later ones win. */
  readonly overrides: readonly { readonly files: string; readonly severities: Severities }[];
  /** The folder of the configuration file, from which patterns start. */
  readonly folder: string;
}

export const noLintConfig: LintConfig = { severities: new Map(), ignores: [], overrides: [], folder: '.' };

const invalidConfig: DiagnosticKind = { code: 'AGW0090', rule: 'invalid-configuration', severity: 'error' };

/**
 * Reads the `lint` section, of whose form the reader of the file has told:
 *
 * ```yaml
 * lint:
 *   rules: { single-instance: off, unused-object: warning }
 *   ignore: [{ rule: http-listener-serves-content, reason: TLS ends before us, files: "test/**" }]
 *   overrides: [{ files: "legacy/*.json", rules: { retired-v1-sku: info } }]
 * ```
 *
 * Patterns are about paths from the folder of the configuration file on; one without a slash is about names of files.
 *
 * @param file path of the configuration file
 */
export function readLintConfig(section: Value, file: string): Result<LintConfig> {
  const lint = new Raw(section);
  const folder = folderOf(file);
  const diagnostics: Diagnostic[] = [];
  const report: Report = (message, { span }, hint) => {
    diagnostics.push(diagnose(invalidConfig, { message, span, hint }));
  };
  const ignores = readIgnores(lint.member('ignore'), file);
  const overrides = lint
    .member('overrides')
    .items()
    .flatMap((override) => {
      const files = override.member('files').text;
      return files === undefined ? [] : [{ files, severities: readSeverities(override.member('rules'), report) }];
    });
  const severities = readSeverities(lint.member('rules'), report);
  return {
    value: { severities, ignores: ignores.value.map((ignore) => ({ ...ignore, folder })), overrides, folder },
    diagnostics: [...diagnostics, ...ignores.diagnostics],
  };
}

/** What holds for one file: the general severities and those of the overrides that fit it. */
export function severitiesFor(config: LintConfig, file: string): Severities {
  const fitting = config.overrides.filter(({ files }) => matchesGlob(files, relativePath(config.folder, file)));
  return new Map([...config.severities, ...fitting.flatMap(({ severities }) => [...severities])]);
}

type Report = (message: string, place: Raw, hint: string) => void;

/** `off` is false to YAML 1.1. */
function readSeverities(rules: Raw, report: Report): Severities {
  return new Map(
    rules.members().flatMap(([rule, level]) => {
      const severity = level.boolean === false ? 'off' : parseSeverity(level.text ?? '');
      if (severity === undefined)
        report(`'${rule}' should be off, info, warning or error.`, level, `As in ${rule}: off`);
      const id = idOfRule(rule);
      if (severity !== undefined && id === undefined) report(`There is no rule '${rule}'.`, level, suggestRule(rule));
      return severity === undefined || id === undefined ? [] : [[id, severity] as const];
    }),
  );
}

/** The level of `--rule <id>=<level>`; undefined for what is none. */
export function parseSeverity(text: string): Severity | 'off' | undefined {
  const level = text.trim().toLowerCase();
  return level === 'off' ? 'off' : allSeverities.find((severity) => severity === level);
}
