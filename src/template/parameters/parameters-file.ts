import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';
import type { Diagnostic, Result } from '../../base/diagnostic.ts';
import { diagnose } from '../../base/diagnostic.ts';
import type { Span } from '../../base/span.ts';
import { kinds } from '../diagnostics.ts';
import { isExpression } from '../expression/expression-text.ts';
import { getMember, getValue, type Member, type ObjectValue, objectValue, type Value } from '../value.ts';
import { ExternalInputs, type FindExternalInput, noExternalInputs } from './external-inputs.ts';
import type { KeyVaultReference, SuppliedParameter, SuppliedParameters } from './supplied-parameters.ts';

/**
 * Reads a parameter file: with its envelope or only the map of parameters. Values are taken literally, a text in
 * brackets stays one; only what takes inputs from outside the file is an expression.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files
 */
export function readParametersFile(
  document: Value,
  find: FindExternalInput = noExternalInputs,
): Result<SuppliedParameters> {
  const diagnostics: Diagnostic[] = [];
  const values: SuppliedParameters = new CaseInsensitiveMap();
  const map = parametersOf(document, diagnostics);
  const inputs = new ExternalInputs(document.kind === 'Object' ? document : objectValue([]), find, diagnostics);
  for (const [name, member] of map?.members ?? []) {
    const supplied = readEntry(name, member, inputs, diagnostics);
    if (supplied !== undefined) values.set(name, supplied);
  }
  return { value: values, diagnostics };
}

function parametersOf(document: Value, diagnostics: Diagnostic[]): ObjectValue | undefined {
  if (document.kind !== 'Object') {
    report(
      diagnostics,
      `A parameter file must hold an object; this one holds a value of type '${document.kind}'.`,
      document.origin,
    );
    return undefined;
  }
  if (getMember(document, 'resources') !== undefined) {
    report(
      diagnostics,
      'This file has resources: it is a template, not a parameter file.',
      getMember(document, 'resources')?.keySpan,
    );
    return undefined;
  }
  const parameters = getValue(document, 'parameters');
  const hasEnvelope = getMember(document, '$schema') ?? getMember(document, 'contentVersion');
  if (parameters?.kind === 'Object' && (hasEnvelope || !isEntry(parameters))) return parameters;
  if (!hasEnvelope) return document;
  report(diagnostics, "A parameter file needs an object 'parameters'.", parameters?.origin ?? hasEnvelope.keySpan);
  return undefined;
}

function isEntry(object: ObjectValue): boolean {
  const reference = getMember(object, 'reference');
  return (
    getMember(object, 'value') !== undefined || (reference !== undefined && keyVaultReference(reference) !== undefined)
  );
}

function readEntry(
  name: string,
  { value: entry, keySpan }: Member,
  inputs: ExternalInputs,
  diagnostics: Diagnostic[],
): SuppliedParameter | undefined {
  if (entry.kind !== 'Object') {
    report(diagnostics, `The parameter '${name}' must be an object with 'value' or 'reference'.`, entry.origin);
    return undefined;
  }
  const value = getMember(entry, 'value');
  if (value !== undefined) return { kind: 'value', value: value.value, keySpan };
  const reference = getMember(entry, 'reference');
  if (reference !== undefined) return readReference(name, reference, keySpan, diagnostics);
  const expression = getValue(entry, 'expression');
  if (expression?.kind === 'String' && isExpression(expression.value)) {
    return { kind: 'expression', expression, inputs, keySpan };
  }
  if (expression !== undefined) {
    report(diagnostics, `The 'expression' of the parameter '${name}' must be a text in brackets.`, expression.origin);
    return undefined;
  }
  report(diagnostics, `The parameter '${name}' has neither 'value' nor 'reference'.`, keySpan ?? entry.origin);
  return undefined;
}

function readReference(
  name: string,
  reference: Member,
  keySpan: Span | undefined,
  diagnostics: Diagnostic[],
): SuppliedParameter | undefined {
  const read = keyVaultReference(reference);
  if (read !== undefined) return { ...read, keySpan };
  report(
    diagnostics,
    `The reference of the parameter '${name}' needs 'keyVault.id' and 'secretName'.`,
    reference.value.origin,
  );
  return undefined;
}

/** Reads `{ keyVault: { id }, secretName, secretVersion }`. */
export function keyVaultReference({ value, keySpan }: Member): KeyVaultReference | undefined {
  if (value.kind !== 'Object') return undefined;
  const vault = getValue(value, 'keyVault');
  const id = vault?.kind === 'Object' ? textOf(vault, 'id') : undefined;
  const secretName = textOf(value, 'secretName');
  if (id === undefined || secretName === undefined) return undefined;
  return {
    kind: 'keyVault',
    vaultName: id.slice(id.lastIndexOf('/') + 1),
    secretName,
    secretVersion: textOf(value, 'secretVersion'),
    keySpan,
    origin: value.origin,
  };
}

function textOf(object: ObjectValue, key: string): string | undefined {
  const value = getValue(object, key);
  return value?.kind === 'String' ? value.value : undefined;
}

function report(diagnostics: Diagnostic[], message: string, span: Span | undefined): void {
  diagnostics.push(diagnose(kinds.invalidParametersFile, { message, span }));
}

/** How a parameter file configures the extensions of its template. */
export function extensionConfigsOf(document: Value): ObjectValue | undefined {
  const configs = document.kind === 'Object' ? getValue(document, 'extensionConfigs') : undefined;
  return configs?.kind === 'Object' ? configs : undefined;
}
