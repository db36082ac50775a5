import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';
import type { SourceText, Span } from '../../base/span.ts';
import type { TemplateFault } from '../template-fault.ts';
import { fromJson, type StringValue, type Value } from '../value.ts';
import type { ExternalInputs } from './external-inputs.ts';

/** A parameter's value as it came in. */
export type SuppliedParameter =
  | { readonly kind: 'value'; readonly value: Value; readonly keySpan?: Span | undefined }
  /** `name=value` of the command line: read as JSON unless the parameter is a string. */
  | { readonly kind: 'text'; readonly source: SourceText }
  | KeyVaultReference
  /** As `bicep build-params` leaves what takes inputs from outside its file. */
  | {
      readonly kind: 'expression';
      readonly expression: StringValue;
      readonly inputs: ExternalInputs;
      readonly keySpan: Span | undefined;
    }
  /** There is no value, for this reason: the argument of a nested deployment has none. */
  | { readonly kind: 'failed'; readonly fault: TemplateFault; readonly keySpan: Span | undefined };

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/key-vault-parameter */
export interface KeyVaultReference {
  readonly kind: 'keyVault';
  readonly vaultName: string;
  readonly secretName: string;
  readonly secretVersion: string | undefined;
  readonly keySpan: Span | undefined;
  readonly origin: Span | undefined;
}

/** By the parameter's name. */
export type SuppliedParameters = CaseInsensitiveMap<SuppliedParameter>;

/** Parameter values as JavaScript holds them, as a library's user gives them. */
export function parametersFromJson(values: Readonly<Record<string, unknown>>): SuppliedParameters {
  return new CaseInsensitiveMap(
    Object.entries(values).map(([name, value]) => [name, { kind: 'value', value: fromJson(value) }] as const),
  );
}

/** The later of several values wins, but a Key Vault reference never replaces a value somebody gave instead of it. */
export function mergeParameters(...layers: readonly SuppliedParameters[]): SuppliedParameters {
  const merged: SuppliedParameters = new CaseInsensitiveMap();
  for (const layer of layers) {
    for (const [name, supplied] of layer) {
      const earlier = merged.get(name);
      if (earlier === undefined || supplied.kind !== 'keyVault' || earlier.kind === 'keyVault')
        merged.set(name, supplied);
    }
  }
  return merged;
}
