import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import { severities } from '../base/diagnostic.ts';
import { byGravity } from './order.ts';
import type { Reporter } from './reporter.ts';
import { summarize } from './summary.ts';
import { annotationLimit, workflowCommand } from './workflow-command.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<Severity, string>;

/**
 * Workflow commands that GitHub turns into annotations, the gravest first, and a summary with the full count.
 */
export const renderGithub: Reporter = (diagnostics, options) => {
  const sorted = byGravity(diagnostics);
  const shown = severities.flatMap((severity) =>
    sorted.filter((diagnostic) => diagnostic.severity === severity).slice(0, annotationLimit),
  );
  const rest = sorted.length - shown.length;
  const summary = summarize(diagnostics, [...options.sources.keys()]);
  const more = rest === 0 ? '' : `; ${rest} not shown (GitHub takes ${annotationLimit} of each kind)`;
  return `${[...shown.map(renderAnnotation), `${summary}${more}`].join('\n')}\n`;
};

function renderAnnotation(diagnostic: Diagnostic): string {
  const { severity, code, rule, message, hint, azureCode } = diagnostic;
  const title = azureCode === undefined ? `${code} ${rule}` : `${code} ${rule} (${azureCode})`;
  const text = hint === undefined ? message : `${message}\n${hint}`;
  return workflowCommand(commands[severity], [...placeOf(diagnostic), ['title', title]], text);
}

function placeOf({ file, range }: Diagnostic): [string, string | number][] {
  if (file === null) return [];
  if (range === null) return [['file', file]];
  const { start, end } = range;
  // GitHub ignores columns unless the annotation stays within one line.
  const columns: [string, number][] =
    start.line === end.line
      ? [
          ['col', start.column],
          ['endColumn', end.column],
        ]
      : [];
  return [['file', file], ['line', start.line], ['endLine', end.line], ...columns];
}
