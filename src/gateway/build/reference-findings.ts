import { sameName } from '../../base/case-insensitive-map.ts';
import type { DiagnosticKind } from '../../base/diagnostic.ts';
import type { Fix } from '../../base/fix.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { ResourceId } from '../../base/resource-id.ts';
import type { PropertyReader } from '../../resources/property-reader.ts';
import { rewriteLiteral } from '../../template/rewrite-literal.ts';
import type { SubResource } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import { type Collection, collectionLabels } from './collections.ts';
import { buildKinds } from './diagnostics.ts';
import type { Entry } from './entries.ts';
import type { ReadReference, ReferenceRepair } from './read-reference.ts';

/** A reference being resolved, for messages about it. */
export interface ReferenceSite<T extends SubResource> {
  readonly context: BuildContext;
  /** The sub-resource that refers to another one. */
  readonly entry: Entry;
  /** The property that refers. */
  readonly key: string;
  /** The object with the `id`. */
  readonly reference: PropertyReader;
  readonly targets: Collection<T>;
}

type Site = ReferenceSite<SubResource>;

export function reportMissingId(site: Site): void {
  const path = site.reference.path;
  report(site, buildKinds.missingReferenceId, {
    message: `${subject(site)}: '${site.key}' has no 'id'.`,
    azureMessage: `Value for reference id is missing. Path ${path}.`,
    path,
    hint: `Write "id": "[resourceId('${typeOf(site)}', '${site.context.gatewayName}', '<name>')]".`,
  });
}

/** Says what is wrong with the ID of a reference, if anything is. */
export function reportReading(site: Site, id: string, reading: ReadReference<SubResource>): void {
  switch (reading.kind) {
    case 'found':
      if (reading.repair !== undefined) reportRepair(site, id, reading.repair);
      break;
    case 'dangling':
      reportDangling(site, id, reading.parsed);
      break;
    case 'malformed':
      reportMalformed(site, id);
      break;
    case 'notAResourceId':
      reportNotAResourceId(site, id);
      break;
    case 'wrongType':
      reportWrongType(site, id);
      break;
  }
}

function reportRepair(site: Site, id: string, repair: ReferenceRepair): void {
  switch (repair.kind) {
    case 'incomplete':
      reportIncompleteId(site, id);
      break;
    case 'placeholder':
      reportPlaceholder(site, repair.placeholder);
      break;
    case 'anotherScope':
      reportAnotherScope(site, repair.parsed);
      break;
  }
}

function reportNotAResourceId(site: Site, id: string): void {
  const written = site.reference.text('id') ?? id;
  const expression = /^\[.*\](?=['"`)\]},;\s]+$)/s.exec(written)?.[0];
  if (expression !== undefined) {
    reportTextBehindExpression(site, written, expression);
    return;
  }
  report(site, buildKinds.notAResourceId, {
    message: `${subject(site)}: the id of '${site.key}' is '${id}', which is not a resource ID.`,
    azureMessage: azureIdExpectation(site, id),
    hint: expectedForm(site),
  });
}

/** Azure takes `[resourceId(…)]'` for text: an expression is one only when its last character is the bracket. */
function reportTextBehindExpression(site: Site, written: string, expression: string): void {
  const stray = written.slice(expression.length);
  report(site, buildKinds.notAResourceId, {
    message:
      `${subject(site)}: the id of '${site.key}' is an expression with ${stray.trim()} behind its last bracket, which makes ` +
      'plain text of it.',
    azureMessage: azureIdExpectation(site, written),
    hint: `Write "${expression}".`,
    fix: rewriteLiteral(site.reference.get('id')?.origin, written, expression),
  });
}

function reportIncompleteId(site: Site, id: string): void {
  report(site, buildKinds.incompleteId, {
    message:
      `${subject(site)}: the id of '${site.key}' is '${id}', which is only a part of a resource ID; read as one of this ` +
      'gateway.',
    azureMessage: azureIdExpectation(site, id),
    hint: expectedForm(site),
  });
}

function azureIdExpectation(site: Site, id: string): string {
  return (
    `Property id '${id}' at path '${site.reference.pathOf('id')}' is invalid. Expect fully qualified resource Id ` +
    `that start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.`
  );
}

function reportMalformed(site: Site, id: string): void {
  report(site, buildKinds.malformedReference, {
    message: `${subject(site)}: the id of '${site.key}' has not the form '<gateway>/${site.targets.name}/<name>'.`,
    azureMessage: `Reference Id ${id} is not formatted correctly. ${azureExpectation(site)}`,
    hint: expectedForm(site),
  });
}

function reportWrongType(site: Site, id: string): void {
  report(site, buildKinds.wrongReferenceType, {
    message: `${subject(site)}: the id of '${site.key}' names something else than a member of '${site.targets.name}'.`,
    azureMessage: `Reference Id ${id} is referencing resource of a wrong type. ${azureExpectation(site)}`,
    hint: expectedForm(site),
  });
}

function reportDangling(site: Site, id: string, parsed: ResourceId): void {
  const [gatewayName = '', name = ''] = parsed.names;
  const fault = sameName(gatewayName, site.context.gatewayName)
    ? `which this gateway does not define. ${definedNames(site, name)}`
    : `of gateway '${gatewayName}', but this gateway is '${site.context.gatewayName}'; ` +
      'a gateway refers to its own parts only.';
  report(site, buildKinds.danglingReference, {
    message: `${subject(site)} refers to ${targetLabel(site)} '${name}', ${fault}`,
    azureMessage:
      `Resource ${id} referenced by resource ${site.entry.common.id} was not found. Please make sure that the ` +
      'referenced resource exists, and that both resources are in the same region.',
  });
}

export function reportStrayText(site: Site, written: string, stray: string): void {
  const right = written.slice(0, written.lastIndexOf(stray));
  report(site, buildKinds.strayTextAfterId, {
    message: `The id of '${site.key}' ends in ${stray}, which does not belong to it; read without.`,
    hint: `Write '${right}'.`,
    fix: rewriteLiteral(site.reference.get('id')?.origin, written, right),
  });
}

function reportPlaceholder(site: Site, placeholder: string): void {
  report(site, buildKinds.placeholderInId, {
    message: `The id of '${site.key}' still has the placeholder ${placeholder} in it; read as an id of this gateway.`,
    hint: expectedForm(site),
  });
}

/** Once per scope: a template with a fixed subscription has it in every reference. */
function reportAnotherScope(site: Site, parsed: ResourceId): void {
  const scope = scopeText(parsed);
  if (site.context.foreignScopes.has(scope)) return;
  site.context.foreignScopes.add(scope);
  report(site, buildKinds.referenceToAnotherScope, {
    message:
      `References inside gateway '${site.context.gatewayName}' name it in ${scope}, but it is deployed to ` +
      `${scopeText(site.context.ownId)}; read as references to this gateway.`,
    hint: 'Use resourceId(…) in the template, or say with --subscription and --resource-group where it is deployed to.',
  });
}

function scopeText(id: ResourceId | undefined): string {
  return `subscription '${id?.subscriptionId ?? ''}', resource group '${id?.resourceGroup ?? ''}'`;
}

interface Details {
  readonly message: string;
  readonly path?: string;
  readonly azureMessage?: string;
  readonly hint?: string;
  readonly fix?: Fix | undefined;
}

function report(site: Site, kind: DiagnosticKind, details: Details): void {
  site.context.report(kind, {
    span: site.reference.spanOf('id'),
    path: site.reference.pathOf('id'),
    ...details,
  });
}

function subject(site: Site): string {
  return site.entry.label.charAt(0).toUpperCase() + site.entry.label.slice(1);
}

function targetLabel(site: Site): string {
  return collectionLabels[site.targets.name];
}

function typeOf(site: Site): string {
  return `Microsoft.Network/applicationGateways/${site.targets.name}`;
}

function azureExpectation(site: Site): string {
  return `The Id is expected to reference resources of type ${typeOf(site)}. Path ${site.reference.path}.`;
}

function expectedForm(site: Site): string {
  return `Right would be "[resourceId('${typeOf(site)}', '${site.context.gatewayName}', '<name>')]".`;
}

const listedNames = 10;

function definedNames(site: Site, missing: string): string {
  const names = [...site.targets.byName.keys()];
  if (names.length === 0) return 'It defines none.';
  const listed = names.slice(0, listedNames).map((name) => `'${name}'`);
  if (names.length > listedNames) listed.push(`and ${names.length - listedNames} more`);
  const nearest = nearestName(missing, names);
  return `Defined: ${listed.join(', ')}.${nearest === undefined ? '' : ` Did you mean '${nearest}'?`}`;
}
