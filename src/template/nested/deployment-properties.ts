import type { TemplateLevel } from '../template-level.ts';
import { nullValue, type ObjectValue, objectValue, stringValue, type Value } from '../value.ts';

/** What `reference()` answers for a nested deployment: its outputs above all. */
export function deploymentProperties(level: TemplateLevel): ObjectValue {
  const outputs = Array.from(level.outputs(), ([name, { type, value }]) => [name, outputOf(type, value)] as const);
  return objectValue([
    ['mode', stringValue('Incremental')],
    ['provisioningState', stringValue('Succeeded')],
    ['parameters', parametersOf(level)],
    ['outputs', level.withLeftOutOutputs(objectValue(outputs))],
  ]);
}

/** Secure outputs are kept from whoever reads the deployment. */
function outputOf(type: string, value: Value): ObjectValue {
  const isSecure = /^secure/i.test(type);
  return objectValue([
    ['type', stringValue(type)],
    ['value', isSecure ? nullValue(value.origin) : value],
  ]);
}

function parametersOf(level: TemplateLevel): ObjectValue {
  return objectValue(
    level.parameters.entries().map(([name, value]) => [name, objectValue([['value', value]])] as const),
  );
}
