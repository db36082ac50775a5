import { kinds } from '../diagnostics.ts';
import type { EvaluationRun } from '../evaluation-run.ts';
import { markMadeUp } from '../runtime-values/made-up.ts';
import { TemplateFault } from '../template-fault.ts';
import { stringValue, type Value } from '../value.ts';
import type { KeyVaultReference } from './supplied-parameters.ts';
import type { TypeSchema } from './type-schema.ts';

/** The secret that was given for a Key Vault reference or, when none was, a stand-in that says so. */
export function resolveSecret(
  name: string,
  reference: KeyVaultReference,
  schema: TypeSchema,
  run: EvaluationRun,
): Value {
  if (schema.type !== 'string') {
    throw new TemplateFault(
      `The parameter '${name}' is of type '${schema.typeText}'; only strings can come from a Key Vault.`,
      { span: reference.keySpan ?? reference.origin, kind: kinds.invalidParameter },
    );
  }
  const { vaultName, secretName, secretVersion, origin } = reference;
  const path = `${vaultName}/${secretName}`;
  const versioned = secretVersion === undefined ? undefined : run.secrets.get(`${path}/${secretVersion}`);
  const secret = versioned ?? run.secrets.get(path);
  if (secret !== undefined) return { ...stringValue(secret, origin), secret: true };
  run.findings.report(kinds.secretStandIn, {
    message: `The parameter '${name}' is the secret '${secretName}' of the Key Vault '${vaultName}', which Agate does not read; a made-up text stands in for it.`,
    span: reference.keySpan ?? origin,
    hint: `Give it with -p ${name}=….`,
  });
  const text = stringValue(`${secretName}-from-${vaultName}`, origin);
  return markMadeUp({ ...text, secret: true }, { source: { kind: 'parameter', name }, path: [] });
}
