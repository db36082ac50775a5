import { sameName } from '../base/case-insensitive-map.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { DeployedResource } from '../template/evaluated-deployment.ts';
import { getMember } from '../template/value.ts';
import { type Report, schemaKinds } from './diagnostics.ts';

/**
 * The api-version by which a resource is to be read. A resource without one, as in an answer of Azure, is read by the
 * newest; so is one for a version later than all that are known here. Any other unknown version is reported.
 */
export function checkApiVersion(resource: DeployedResource, known: readonly string[], report: Report): string {
  const newest = known.at(-1) ?? '';
  const written = resource.apiVersion;
  if (written === undefined || written > newest) return newest;
  const exact = known.find((version) => sameName(version, written));
  if (exact !== undefined) return exact;
  const member = getMember(resource.body, 'apiVersion');
  const nearest = nearestName(written, known);
  report(schemaKinds.unknownApiVersion, {
    message:
      `'${resource.type}' has no api-version '${written}'.${nearest === undefined ? '' : ` Near to it: '${nearest}'.`} ` +
      `The newest is '${newest}'. Azure: "No registered resource provider found for location ` +
      `'${resource.location ?? ''}' and API version '${written}' for type '${lastOf(resource.type)}'."`,
    span: member?.value.origin ?? resource.origin,
    path: 'apiVersion',
  });
  // What it has in common with the nearest real version can still be checked.
  return known.findLast((version) => version <= written) ?? known[0] ?? newest;
}

function lastOf(type: string): string {
  return type.slice(type.indexOf('/') + 1);
}
