import type { SchemaNode } from '../../schemas/resource-schemas.js';
import { foldCase } from '../base/case-insensitive-map.ts';
import { type Diagnostic, type DiagnosticKind, diagnose } from '../base/diagnostic.ts';
import type { DeployedResource } from '../template/evaluated-deployment.ts';
import type { ObjectValue } from '../template/value.ts';
import { checkApiVersion } from './check-api-version.ts';
import { type Report, schemaKinds } from './diagnostics.ts';
import { findSchema } from './find-schema.ts';
import { findKey, normaliseBody } from './normalise-body.ts';
import type { Place } from './place.ts';
import { reportSchemaErrors } from './schema-error-findings.ts';
import { spellingFindings } from './spelling-findings.ts';

/**
 * Checks a resource against the schema of its type, at its api-version. Types without a schema have no findings. What
 * Azure forgives (letter case, text for numbers) is information; what it refuses is an error.
 */
export function validateResource(resource: DeployedResource): readonly Diagnostic[] {
  const known = findSchema(resource.type);
  if (known === undefined) return [];
  const diagnostics: Diagnostic[] = [];
  const isGuarded = guardedTypes.has(known.type);
  const { apiVersion, isOlder } = checkApiVersion(resource, known.schema, (kind, details) =>
    diagnostics.push(diagnose(kind, details)),
  );
  const isCertain = isGuarded && !isOlder;
  const report: Report = (kind, details) =>
    diagnostics.push(diagnose(isCertain ? kind : mildKind(kind, isOlder), details));
  const root: Place = { value: providerBody(resource.body, known.schema), schema: known.schema };
  const json = normaliseBody(root, spellingFindings(apiVersion, report));
  if (!known.validate(json)) reportSchemaErrors(root, known.validate.errors ?? [], apiVersion, report);
  return diagnostics;
}

/** The types that Agate knows completely. */
const guardedTypes: ReadonlySet<string> = new Set([
  'Microsoft.Network/applicationGateways',
  'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
]);

/**
 * Of a gateway's neighbours Azure takes more than their published types say, and an api-version that is not known here
 * may have brought more, values included; there a doubt is no error.
 */
function mildKind(kind: DiagnosticKind, isOlder: boolean): DiagnosticKind {
  const isDoubtful = doubtfulCodes.has(kind.code) || (isOlder && kind.code === schemaKinds.invalidValue.code);
  return isDoubtful ? { ...kind, severity: 'warning' } : kind;
}

const doubtfulCodes: ReadonlySet<string> = new Set(
  [
    schemaKinds.unknownProperty,
    schemaKinds.propertyTooNew,
    schemaKinds.propertyGone,
    schemaKinds.valueTooNew,
    schemaKinds.valueGone,
  ].map(({ code }) => code),
);

/**
 * Members of a resource that Azure Resource Manager takes for itself, and never sends to the provider; and those that
 * clients add to an answer.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/resource-declaration
 */
const managerMembers = new Set(
  [
    'type',
    'apiVersion',
    'asserts',
    'comments',
    'condition',
    'copy',
    'dependsOn',
    'existing',
    'import',
    'location',
    'metadata',
    'resourceGroup',
    'resources',
    'scope',
    'systemData',
    'tags',
  ].map(foldCase),
);

/** What the provider receives. A member that it knows itself, such as `location` of most types, stays. */
function providerBody(body: ObjectValue, schema: SchemaNode): ObjectValue {
  const isForProvider = (key: string) =>
    !managerMembers.has(foldCase(key)) || findKey(schema.properties, key) !== undefined;
  const members = [...body.members].filter(([key]) => isForProvider(key));
  return { ...body, members: new Map(members) };
}
