import type { Diagnostic } from '../base/diagnostic.ts';
import type { Range, Span } from '../base/span.ts';
import { rangeOf } from '../base/span.ts';
import { getMember, type Value } from '../template/value.ts';
import type { LoadedGateway } from './load-gateways.ts';

/** Findings about the values that a template is deployed with. */
const parameterRules = new Set([
  'missing-parameter',
  'missing-external-input',
  'unknown-parameter',
  'invalid-parameter',
  'invalid-parameters-file',
]);

/** Azure refuses a template for these, but they take nothing away from the gateway. */
const harmlessRules = new Set(['unknown-dependency', 'invalid-output']);

/**
 * The errors of an evaluation because of which a gateway is not as written: those inside its declaration, those in what
 * it uses, and wrong parameters of the template itself. What is wrong with other resources of the template is not among
 * them; without a gateway, everything is.
 */
export function evaluationObstacles(
  diagnostics: readonly Diagnostic[],
  gateways: readonly LoadedGateway[],
  document: Value | undefined,
): readonly Diagnostic[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (gateways.length === 0) return errors;
  const declarations = gateways.flatMap(({ resource }) =>
    resource.origin === undefined ? [] : [placeOf(resource.origin)],
  );
  const resources = placeOfResources(document);
  return errors.filter((error) => {
    if (harmlessRules.has(error.rule)) return false;
    if (parameterRules.has(error.rule) && !(resources !== undefined && isInside(error, resources))) return true;
    return declarations.some((place) => [error, ...error.related].some((other) => isInside(other, place)));
  });
}

interface Place {
  readonly file: string;
  readonly range: Range;
}

function placeOf(span: Span): Place {
  return { file: span.source.name, range: rangeOf(span) };
}

/** Parameters that are wrong in there belong to a nested deployment. */
function placeOfResources(document: Value | undefined): Place | undefined {
  const resources = document?.kind === 'Object' ? getMember(document, 'resources')?.value.origin : undefined;
  return resources === undefined ? undefined : placeOf(resources);
}

function isInside({ file, range }: Pick<Diagnostic, 'file' | 'range'>, place: Place): boolean {
  if (range === null || file !== place.file) return false;
  return !isBefore(range.start, place.range.start) && !isBefore(place.range.end, range.end);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}
