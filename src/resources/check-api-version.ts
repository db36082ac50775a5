import type { ResourceSchema } from '../../schemas/resource-schemas.js';
import { sameName } from '../base/case-insensitive-map.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { DeployedResource } from '../template/evaluated-deployment.ts';
import { isMadeUp } from '../template/runtime-values/made-up.ts';
import { getMember } from '../template/value.ts';
import { type Report, schemaKinds } from './diagnostics.ts';

const form = /^\d{4}-\d{2}-\d{2}(-[a-z]+)?$/i;

/** How a resource is to be read. */
export interface ReadingVersion {
  readonly apiVersion: string;
  /** Whether the template is written for a later version, which may have what this one has not. */
  readonly isOlder: boolean;
}

/**
 * The api-version by which a resource is to be read. A resource without one, as in an answer of Azure, is read by the
 * newest; so is one for a version later than all that are known here, or for one that stands in for another. Any other
 * unknown version is reported. One between two published versions counts as the later of them.
 */
export function checkApiVersion(resource: DeployedResource, schema: ResourceSchema, report: Report): ReadingVersion {
  const newest = schema.apiVersions.at(-1) ?? '';
  const written = resource.apiVersion;
  if (written === undefined) return { apiVersion: newest, isOlder: false };
  if (!form.test(written) || written <= newest)
    return { apiVersion: publishedVersion(resource, written, schema, report), isOlder: false };
  report(schemaKinds.laterApiVersion, {
    message: `Agate does not know api-version '${written}' of '${resource.type}' and checks by '${newest}', the newest that it knows.`,
    span: getMember(resource.body, 'apiVersion')?.value.origin ?? resource.origin,
    path: 'apiVersion',
  });
  return { apiVersion: newest, isOlder: true };
}

function publishedVersion(resource: DeployedResource, written: string, schema: ResourceSchema, report: Report): string {
  const known = schema.apiVersions;
  const newest = known.at(-1) ?? '';
  if (known.includes(written)) return written;
  const exact = known.find((version) => sameName(version, written));
  if (exact !== undefined) return exact;
  const next = (form.test(written) ? known.find((version) => version > written) : undefined) ?? newest;
  if (schema.unpublishedApiVersions.some((version) => sameName(version, written))) return next;
  const member = getMember(resource.body, 'apiVersion');
  if (member !== undefined && isMadeUp(member.value)) return newest;
  const nearest = nearestName(written, known);
  report(schemaKinds.unknownApiVersion, {
    message:
      `'${resource.type}' has no api-version '${written}'.${nearest === undefined ? '' : ` Near to it: '${nearest}'.`} ` +
      `The newest is '${newest}'.`,
    azureMessage:
      `No registered resource provider found for location '${resource.location ?? ''}' and API version '${written}' ` +
      `for type '${lastOf(resource.type)}'.`,
    span: member?.value.origin ?? resource.origin,
    path: 'apiVersion',
  });
  // What it has in common with the next real version can still be checked.
  return next;
}

function lastOf(type: string): string {
  return type.slice(type.indexOf('/') + 1);
}
