import type { SourceText } from '../../base/span.ts';
import { kinds } from '../diagnostics.ts';
import { readJson } from '../read-json.ts';
import { TemplateFault } from '../template-fault.ts';
import { stringValue, type Value } from '../value.ts';
import type { TypeSchema } from './type-schema.ts';

/**
 * Reads `name=value` as Azure CLI does: the text itself for a string, JSON for every other type.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-cli#inline-parameters
 */
export function readSuppliedText(source: SourceText, schema: TypeSchema): Value {
  const span = { source, offset: 0, length: source.text.length };
  if (schema.type === 'string') return stringValue(source.text, span);
  const { value, diagnostics } = readJson(source);
  if (value !== undefined && diagnostics.every(({ severity }) => severity !== 'error')) return value;
  throw new TemplateFault(`'${source.text}' is not valid JSON, as a value of type '${schema.typeText}' must be.`, {
    span,
    kind: kinds.invalidParameter,
  });
}
