import { foldCase } from '../../base/case-insensitive-map.ts';
import { getValue, type ObjectValue, objectValue, stringValue } from '../value.ts';
import { madeUp } from './assumed-addresses.ts';
import { stableGuid } from './placeholder.ts';
import { providerTables } from './providers.ts';
import type { KnownResource } from './runtime-state.ts';

export interface ComputedMembers {
  readonly properties: ObjectValue;
  /** Members that Azure leaves out, given how the resource is declared. */
  readonly absentMembers: readonly string[];
  readonly identity: ObjectValue | undefined;
}

/** What Azure adds to a resource, as far as it follows from the declaration or can be made up without harm. */
export function computeMembers(resource: KnownResource): ComputedMembers {
  const compute = providerTables.get(resource.type);
  const computed = compute?.(resource) ?? {};
  const properties = objectValue([
    ...(resource.isDeclared ? [['provisioningState', stringValue('Succeeded')] as const] : []),
    ...Object.entries(computed.properties ?? {}),
  ]);
  return { properties, absentMembers: computed.absentMembers ?? [], identity: identityOf(resource) };
}

/** https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview */
function identityOf({ body, id, tenantId }: KnownResource): ObjectValue | undefined {
  const declared = getValue(body, 'identity');
  if (declared?.kind !== 'Object') return undefined;
  const type = getValue(declared, 'type');
  if (type?.kind !== 'String' || !foldCase(type.value).includes('SYSTEMASSIGNED')) return declared;
  const members = new Map(declared.members);
  members.set('principalId', { value: madeUp(stringValue(stableGuid(`${id} principalId`))) });
  members.set('tenantId', { value: stringValue(tenantId) });
  return { ...declared, members };
}
