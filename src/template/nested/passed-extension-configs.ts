import { evaluateValue } from '../evaluate-value.ts';
import type { Scope } from '../scope.ts';
import { TemplateFault } from '../template-fault.ts';
import { getValue, type ObjectValue, objectValue } from '../value.ts';

/** How a template configures the extensions of its nested deployment; `[extensions('alias').config]` hands its own on. */
export function passedExtensionConfigs(properties: ObjectValue, scope: Scope): ObjectValue {
  const raw = getValue(properties, 'extensionConfigs');
  if (raw === undefined) return objectValue([]);
  const configs = evaluateValue(raw, scope);
  if (configs.kind === 'Object') return configs;
  throw new TemplateFault(`'extensionConfigs' is of type '${configs.kind}'; it must be an object.`, {
    span: raw.origin,
  });
}
