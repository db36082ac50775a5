import type { Diagnostic, RelatedPlace } from '../base/diagnostic.ts';
import { printable } from '../base/printable.ts';
import type { Range } from '../base/span.ts';
import { byPlace } from './order.ts';
import type { Painter, Reporter, ReporterOptions } from './reporter.ts';
import { plainPainter } from './reporter.ts';
import { summarize } from './summary.ts';

/** For people: each finding with its source line and a caret below it, related places, a hint, and a last line in sum. */
export const renderPretty: Reporter = (diagnostics, options) => {
  const painter = options.painter ?? plainPainter;
  const findings = byPlace(diagnostics).map((diagnostic) => renderFinding(diagnostic, options, painter));
  const summary = painter.strong(summarize(diagnostics, [...options.sources.keys()]));
  return `${[...findings, summary].join('\n\n')}\n`;
};

function renderFinding(diagnostic: Diagnostic, options: ReporterOptions, painter: Painter): string {
  const { severity, code, rule, azureCode, azureMessage, hint } = diagnostic;
  const named = azureCode === undefined ? rule : `${rule} (Azure: ${azureCode})`;
  const related = diagnostic.related.flatMap((place) => renderRelated(place, options, painter));
  const lines = [
    `${placeOf(diagnostic)}${painter[severity](severity)}  ${code}  ${printable(diagnostic.message)}`,
    ...excerpt(diagnostic, options, painter, painter[severity]),
    ...related,
    ...(hint === undefined ? [] : [`  ${painter.faint('hint:')} ${printable(hint)}`]),
    ...(azureMessage === undefined ? [] : [`  ${painter.faint('azure:')} ${printable(azureMessage)}`]),
    `  ${painter.faint(`rule: ${named}`)}`,
  ];
  return lines.join('\n');
}

function renderRelated(place: RelatedPlace, options: ReporterOptions, painter: Painter): string[] {
  return [
    `  ${painter.faint(placeOf(place))}${printable(place.message)}`,
    ...excerpt(place, options, painter, painter.faint),
  ];
}

interface Place {
  readonly file: string | null;
  readonly range: Range | null;
}

/** `azuredeploy.json:41:19  `; what can be said of it. */
function placeOf({ file, range }: Place): string {
  if (file === null) return '';
  return range === null ? `${file}  ` : `${file}:${range.start.line}:${range.start.column}  `;
}

/** The longest piece of a source line that is shown; a certificate in a template is one line of thousands. */
const widest = 120;

/** The first line of what is meant, and carets below. */
function excerpt(
  { file, range }: Place,
  options: ReporterOptions,
  painter: Painter,
  paint: (text: string) => string,
): string[] {
  const source = file === null ? undefined : options.sources.get(file);
  if (source === undefined || range === null) return [];
  const { line, column } = range.start;
  const full = maskSecrets(printable(source.shownLine(line)));
  const from = column > widest - 20 ? column - 21 : 0;
  const shown = full.slice(from, from + widest);
  const end = range.end.line === line ? range.end.column : full.trimEnd().length + 1;
  const length = Math.max(1, Math.min(end - column, from + shown.length - column + 1));
  const gutter = String(line).padStart(5);
  return [
    `${painter.faint(`${gutter} |`)} ${mark(shown, from, full)}`,
    `${painter.faint(`${' '.repeat(gutter.length)} |`)} ${indentLike(shown, from, column)}${paint('^'.repeat(length))}`,
  ];
}

/** Findings end up in the logs of pipelines; passwords and private keys should not. Lengths stay, for the carets. */
function maskSecrets(line: string): string {
  const secret = /("(?:password|data|secret)"\s*:\s*")((?:[^"\\[]|\\.)(?:[^"\\]|\\.)*)/gi;
  return line.replace(secret, (_, key: string, value: string) => key + '*'.repeat(value.length));
}

/** Shows where a line was cut. Tabs stay, so that the carets below stand right whatever their width. */
function mark(shown: string, from: number, full: string): string {
  const begun = from > 0 ? `…${shown.slice(1)}` : shown;
  return from + shown.length < full.length ? `${begun}…` : begun;
}

function indentLike(shown: string, from: number, column: number): string {
  return shown.slice(0, column - 1 - from).replace(/[^\t]/g, ' ');
}
