import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';
import { evaluateValue } from '../evaluate-value.ts';
import { keyVaultReference, readParametersFile } from '../parameters/parameters-file.ts';
import type { SuppliedParameter, SuppliedParameters } from '../parameters/supplied-parameters.ts';
import { reportLeftOut } from '../resources/evaluate-body.ts';
import type { ResourceInstance } from '../resources/resource-instance.ts';
import type { Scope } from '../scope.ts';
import { LimitFault, TemplateFault } from '../template-fault.ts';
import { getMember, type Member, type ObjectValue } from '../value.ts';
import { findLinked } from './find-linked.ts';

/** The parameters that a template passes to its nested deployment, evaluated where they stand. */
export function passedParameters(
  deployment: ResourceInstance,
  properties: ObjectValue,
  scope: Scope,
): SuppliedParameters {
  const { level } = deployment.parts;
  const link = getMember(properties, 'parametersLink');
  if (link !== undefined) {
    const { value, diagnostics } = readParametersFile(findLinked('parameters', link.value, level, scope).value);
    level.run.findings.add(diagnostics);
    return value;
  }
  const passed: SuppliedParameters = new CaseInsensitiveMap();
  const raw = getMember(properties, 'parameters')?.value;
  const section = raw?.kind === 'String' ? evaluateValue(raw, scope) : raw;
  if (section?.kind !== 'Object') return passed;
  for (const [name, member] of section.members) {
    const supplied = passedParameter(deployment, name, member, scope);
    if (supplied !== undefined) passed.set(name, supplied);
  }
  return passed;
}

/** One that cannot be evaluated is reported here, and the nested template told that it is nobody's omission. */
function passedParameter(
  deployment: ResourceInstance,
  name: string,
  { value: raw, keySpan }: Member,
  scope: Scope,
): SuppliedParameter | undefined {
  try {
    const entry = evaluateValue(raw, scope);
    if (entry.kind !== 'Object') {
      throw new TemplateFault(`The parameter '${name}' must be an object with 'value' or 'reference'.`, {
        span: raw.origin,
      });
    }
    const value = getMember(entry, 'value');
    if (value !== undefined) return { kind: 'value', value: value.value, keySpan };
    const reference = getMember(entry, 'reference');
    const read = reference === undefined ? undefined : keyVaultReference(reference);
    if (read !== undefined) return { ...read, keySpan };
    throw new TemplateFault(`The parameter '${name}' has neither 'value' nor 'reference'.`, { span: raw.origin });
  } catch (error) {
    if (!(error instanceof TemplateFault) || error instanceof LimitFault) throw error;
    reportLeftOut(deployment)(error, ['properties', 'parameters', name], raw.origin);
    return { kind: 'failed', fault: error, keySpan };
  }
}
