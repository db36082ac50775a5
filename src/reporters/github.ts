import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import { severities } from '../base/diagnostic.ts';
import { byGravity } from './order.ts';
import { printable } from './printable.ts';
import type { Reporter } from './reporter.ts';
import { summarize } from './summary.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** GitHub shows at most so many annotations of each kind for one step. */
const limitPerKind = 10;

/**
 * Workflow commands that GitHub turns into annotations, the gravest first, and a summary with the full count.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export const renderGithub: Reporter = (diagnostics, options) => {
  const sorted = byGravity(diagnostics);
  const shown = severities.flatMap((severity) =>
    sorted.filter((diagnostic) => diagnostic.severity === severity).slice(0, limitPerKind),
  );
  const rest = sorted.length - shown.length;
  const summary = summarize(diagnostics, [...options.sources.keys()]);
  const more = rest === 0 ? '' : `; ${rest} not shown (GitHub takes ${limitPerKind} of each kind)`;
  return `${[...shown.map(renderAnnotation), `${summary}${more}`].join('\n')}\n`;
};

function renderAnnotation(diagnostic: Diagnostic): string {
  const { severity, code, rule, message, hint, azureCode, file, range } = diagnostic;
  const place =
    file === null
      ? []
      : [
          `file=${escapeProperty(file)}`,
          ...(range === null
            ? []
            : [
                `line=${range.start.line}`,
                `endLine=${range.end.line}`,
                // GitHub ignores columns unless the annotation stays within one line.
                ...(range.end.line === range.start.line
                  ? [`col=${range.start.column}`, `endColumn=${range.end.column}`]
                  : []),
              ]),
        ];
  const title = azureCode === undefined ? `${code} ${rule}` : `${code} ${rule} (${azureCode})`;
  const properties = [...place, `title=${escapeProperty(title)}`].join(',');
  return `::${commands[severity]} ${properties}::${escapeData(hint === undefined ? message : `${message}\n${hint}`)}`;
}

function escapeData(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
