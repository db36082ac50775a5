import type { SourceText } from '../base/span.ts';
import { PropertyReader } from '../resources/property-reader.ts';
import { looksLikeGateway } from '../resources/resources-of-document.ts';
import { readJson } from '../template/read-json.ts';
import type { Value } from '../template/value.ts';

/**
 * Whether a JSON file that nobody named, but that lies in a folder, is one for us: a template, or a gateway in one of the
 * forms in which it comes. A template that does not read is one too, so that it is reported.
 */
export function looksLikeTemplate(source: SourceText): boolean {
  if (!/resources|applicationGateways|httpListeners/i.test(source.text)) return false;
  const { value } = readJson(source);
  if (value === undefined)
    return /deploymentTemplate\.json#|Microsoft\.Network\/applicationGateways/i.test(source.text);
  return isTemplate(value) || looksLikeGateway(value);
}

function isTemplate(document: Value): boolean {
  if (document.kind !== 'Object') return false;
  const reader = new PropertyReader(document, '');
  const schema = reader.string('$schema');
  const isDeclared = schema === null ? reader.has('contentVersion') : /deploymentTemplate\.json/i.test(schema);
  return isDeclared && reader.has('resources');
}
