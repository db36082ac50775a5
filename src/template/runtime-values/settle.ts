import { renderPath } from '../../base/json-path.ts';
import type { Span } from '../../base/span.ts';
import { kinds } from '../diagnostics.ts';
import type { Findings } from '../findings.ts';
import { standInText } from '../parameters/stand-in-text.ts';
import { TemplateFault } from '../template-fault.ts';
import { stringValue, type Value } from '../value.ts';
import { markMadeUp } from './made-up.ts';
import type { OpenPath, RuntimeSource, StandInSource } from './open-path.ts';
import { placeholderFor } from './placeholder.ts';
import { assumptionOf, openPathOf } from './runtime-value.ts';

/**
 * Called where a value is used that may have come from a run-time function: one that only Azure knows becomes a
 * placeholder with a finding, or a fault that says how to supply it.
 */
export function settle(value: Value, site: Span | undefined, placeholders: boolean, findings: Findings): Value {
  if (assumptionOf(value) !== undefined) return reportAssumption(value, site, findings);
  const open = openPathOf(value);
  if (open === undefined || !open.isUnknown) return value;
  if (isOf('parameter', open)) return partOfStandIn(open, site, findings);
  if (!isOf('resource', open)) return value;
  if (!placeholders) throw unknownFault(open, site);
  return reportPlaceholder(open, value, site, findings);
}

function isOf<K extends OpenPath['source']['kind']>(
  kind: K,
  open: OpenPath,
): open is OpenPath<Extract<OpenPath['source'], { kind: K }>> {
  return open.source.kind === kind;
}

function reportAssumption(value: Value, site: Span | undefined, findings: Findings): Value {
  const assumption = assumptionOf(value);
  if (assumption === undefined) return value;
  findings.reportOnce(kinds.runtimeAssumption, describe(assumption), {
    message: `Azure assigns ${describe(assumption)} when it deploys; Agate takes ${shown(value)}.`,
    span: site,
    hint: supply(assumption),
  });
  return value;
}

function reportPlaceholder(
  unknown: OpenPath<RuntimeSource>,
  value: Value,
  site: Span | undefined,
  findings: Findings,
): Value {
  const placeholder = placeholderFor(unknown, value, site);
  // What is made of a part is not told beside the part.
  findings.reportOnce(kinds.runtimePlaceholder, describe({ ...unknown, isDerived: undefined }), {
    message: `${capitalised(describe(unknown))} is known only to Azure; ${shown(placeholder)} stands in for it.`,
    span: site,
    hint: supply(unknown),
  });
  return markMadeUp(placeholder, { source: unknown.source, path: unknown.path });
}

/** The parameter's own stand-in is reported; of its parts, those that the template reads. */
function partOfStandIn(whence: OpenPath<StandInSource>, site: Span | undefined, findings: Findings): Value {
  const { source, path } = whence;
  const text = standInText(path.findLast((segment) => typeof segment === 'string') ?? source.name);
  if (path.length > 0) {
    const part = describePart(whence);
    findings.reportOnce(kinds.parameterStandIn, part, {
      message: `${part} has no value; '${text}' stands in for it.`,
      span: site,
    });
  }
  return markMadeUp(stringValue(text, site), { source, path, isDerived: whence.isDerived });
}

function describePart({ source, path, isDerived }: OpenPath<StandInSource>): string {
  const whole = isDerived
    ? `what the template makes of the parameter '${source.name}'`
    : `the parameter '${source.name}'`;
  return `'${renderPath(path)}' of ${whole}`;
}

function unknownFault(unknown: OpenPath<RuntimeSource>, site: Span | undefined): TemplateFault {
  return new TemplateFault(`${capitalised(describe(unknown))} is not known here: ${reasonFor(unknown)}.`, {
    span: site,
    kind: kinds.unknownRuntimeValue,
    hint: supply(unknown),
  });
}

function reasonFor({ source: { isDeclared, hasFalseCondition } }: OpenPath<RuntimeSource>): string {
  if (hasFalseCondition) return 'the condition of that resource is false, so that it is not deployed';
  return isDeclared ? 'Azure computes it' : 'the template does not deploy that resource';
}

function describe({ source, path, isDerived }: OpenPath<RuntimeSource>): string {
  const whole = isDerived ? 'what the template makes of what' : 'what';
  const property = path.length === 0 ? whole : `'${renderPath(path)}' of ${whole}`;
  return `${property} ${source.functionName}('${source.id}') answers`;
}

function supply({ source, path }: OpenPath<RuntimeSource>): string {
  const [first] = path;
  const isList = /^list/i.test(source.functionName);
  const value = first === undefined ? '{ … }' : `{ ${renderPath([first])}: … }`;
  return `Give it in agate.yaml: references: { "${source.id}": ${isList ? `{ ${source.functionName}: ${value} }` : value} }.`;
}

function shown(value: Value): string {
  if (value.secret) return 'a made-up secret';
  return value.kind === 'String' ? `'${value.value}'` : 'an empty object';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
