import { kinds } from '../diagnostics.ts';
import { evaluateValue } from '../evaluate-value.ts';
import { isMadeUp } from '../runtime-values/made-up.ts';
import type { Scope } from '../scope.ts';
import { ReportedFault, TemplateFault } from '../template-fault.ts';
import type { TemplateLevel } from '../template-level.ts';
import { getValue, type ObjectValue, type StringValue, type Value } from '../value.ts';
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
  if ('hint' in found) throw notFound(kind, address, raw, found.hint);
  level.run.findings.add(found.diagnostics);
  if (found.value === undefined) throw new ReportedFault(`The text of '${address.value}' does not read.`);
  if (found.value.kind !== 'Object') throw unavailable(address.value, raw, 'Its text is not a JSON object.');
  return { value: found.value, location: found.location, uri: link.uri ?? found.location };
}

function notFound(kind: TemplateLink['kind'], address: StringValue, raw: Value, hint: string): TemplateFault {
  if (isMadeUp(address)) return unknownAddress(kind, address.value, raw);
  return isRemote(address.value) ? notDownloaded(address.value, raw, hint) : unavailable(address.value, raw, hint);
}

function isRemote(address: string): boolean {
  return /^https?:\/\//i.test(address);
}

function unavailable(address: string, raw: Value, hint: string): TemplateFault {
  return new TemplateFault(
    `Unable to download deployment content from '${address}'. Please see https://aka.ms/arm-deploy for usage details.`,
    { span: raw.origin, kind: kinds.linkedTemplateUnavailable, azureCode: 'InvalidContentLink', hint },
  );
}

/** Azure may well find what is not on this machine. */
function notDownloaded(address: string, raw: Value, hint: string): TemplateFault {
  return unknown(`What is at '${address}' is not known, because Agate downloads nothing; it is left out.`, raw, hint);
}

/** Nothing is wrong with a template whose address nobody told. */
function unknownAddress(kind: TemplateLink['kind'], address: string, raw: Value): TemplateFault {
  return unknown(
    `Which ${kind === 'template' ? 'template' : 'parameters'} this deployment takes is not known: the address '${address}' stands in for one that was not given. What it deploys is left out.`,
    raw,
    'Give the parameters of the address with --parameters, and say with --linked where such templates lie.',
  );
}

function unknown(message: string, { origin }: Value, hint: string): TemplateFault {
  const { code, rule } = kinds.linkedTemplateUnavailable;
  return new TemplateFault(message, {
    span: origin,
    kind: { code, rule, severity: 'warning' },
    hint,
    isFramed: true,
  });
}
