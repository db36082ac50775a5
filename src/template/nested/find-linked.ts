import { kinds } from '../diagnostics.ts';
import { evaluateValue } from '../evaluate-value.ts';
import { isMadeUp } from '../runtime-values/made-up.ts';
import type { Scope } from '../scope.ts';
import { TemplateFault } from '../template-fault.ts';
import type { TemplateLevel } from '../template-level.ts';
import { getValue, type ObjectValue, type Value } from '../value.ts';
import type { TemplateLink } from './linked-templates.ts';

interface Linked {
  readonly value: ObjectValue;
  readonly location: string;
  readonly uri: string | undefined;
}

/**
 * Finds what a `templateLink` or `parametersLink` names.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates#linked-template
 */
export function findLinked(kind: TemplateLink['kind'], raw: Value, level: TemplateLevel, scope: Scope): Linked {
  const evaluated = evaluateValue(raw, scope);
  if (evaluated.kind !== 'Object') {
    throw new TemplateFault(`'${kind}Link' is of type '${evaluated.kind}'; it must be an object.`, {
      span: raw.origin,
    });
  }
  const text = (key: string) => {
    const value = getValue(evaluated, key);
    return value?.kind === 'String' ? value.value : undefined;
  };
  const link: TemplateLink = {
    kind,
    uri: text('uri'),
    relativePath: text('relativePath'),
    id: text('id'),
    from: level.location,
  };
  const address = ['uri', 'relativePath', 'id']
    .map((key) => getValue(evaluated, key))
    .find((value) => value?.kind === 'String');
  if (address?.kind !== 'String') {
    throw new TemplateFault(`'${kind}Link' needs 'uri', 'relativePath' or 'id'.`, { span: raw.origin });
  }
  const found = level.run.linkedTemplates.find(link);
  if ('hint' in found)
    throw isMadeUp(address) ? unknown(address.value, raw) : unavailable(address.value, raw, found.hint);
  level.run.findings.add(found.diagnostics);
  if (found.value?.kind !== 'Object') throw unavailable(address.value, raw, 'Its text is not a JSON object.');
  return { value: found.value, location: found.location, uri: link.uri ?? found.location };
}

function unavailable(address: string, raw: Value, hint: string): TemplateFault {
  return new TemplateFault(
    `Unable to download deployment content from '${address}'. Please see https://aka.ms/arm-deploy for usage details.`,
    { span: raw.origin, kind: kinds.linkedTemplateUnavailable, azureCode: 'InvalidContentLink', hint },
  );
}

/** Nothing is wrong with a template whose address nobody told. */
function unknown(address: string, raw: Value): TemplateFault {
  return new TemplateFault(
    `What it deploys is not known: its address '${address}' stands in for one that was not given.`,
    {
      span: raw.origin,
      kind: { ...kinds.linkedTemplateUnavailable, severity: 'warning' },
      hint: 'Give the parameters of the address with --parameters, and say with --linked where such templates lie.',
    },
  );
}
