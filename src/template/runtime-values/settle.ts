import { renderPath } from '../../base/json-path.ts';
import type { Span } from '../../base/span.ts';
import { kinds } from '../diagnostics.ts';
import type { Findings } from '../findings.ts';
import { TemplateFault } from '../template-fault.ts';
import type { Value } from '../value.ts';
import { placeholderFor } from './placeholder.ts';
import { assumptionOf, type RuntimePath, runtimePathOf } from './runtime-value.ts';

/**
 * Called where a value that came from a run-time function is used: one that only Azure knows becomes a placeholder with
 * a finding, or a fault that says how to supply it.
 */
export function settle(value: Value, site: Span | undefined, placeholders: boolean, findings: Findings): Value {
  const assumption = assumptionOf(value);
  if (assumption !== undefined) {
    findings.reportOnce(kinds.runtimeAssumption, describe(assumption), {
      message: `Azure assigns ${describe(assumption)} when it deploys; Agate takes ${shown(value)}.`,
      span: site,
      hint: supply(assumption),
    });
    return value;
  }
  const unknown = runtimePathOf(value);
  if (unknown === undefined || !unknown.isUnknown) return value;
  if (!placeholders) throw unknownFault(unknown, site);
  const placeholder = placeholderFor(unknown, value, site);
  findings.reportOnce(kinds.runtimePlaceholder, describe(unknown), {
    message: `${capitalised(describe(unknown))} is known only to Azure; ${shown(placeholder)} stands in for it.`,
    span: site,
    hint: supply(unknown),
  });
  return placeholder;
}

function unknownFault(unknown: RuntimePath, site: Span | undefined): TemplateFault {
  const where = unknown.source.isDeclared ? 'Azure computes it' : 'the template does not declare that resource';
  return new TemplateFault(`${capitalised(describe(unknown))} is not known here: ${where}.`, {
    span: site,
    kind: kinds.unknownRuntimeValue,
    hint: supply(unknown),
  });
}

function describe({ source, path }: RuntimePath): string {
  const property = path.length === 0 ? 'what' : `'${renderPath(path)}' of what`;
  return `${property} ${source.functionName}('${source.id}') answers`;
}

function supply({ source, path }: RuntimePath): string {
  const [first] = path;
  const example = first === undefined ? '{ … }' : `{ ${renderPath([first])}: … }`;
  return `Give it in agate.yaml: references: { "${source.id}": ${example} }.`;
}

function shown(value: Value): string {
  if (value.secret) return 'a made-up secret';
  return value.kind === 'String' ? `'${value.value}'` : 'an empty object';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
