import { sameName } from '../../../base/case-insensitive-map.ts';
import { fullTypeOf, parseResourceId } from '../../../base/resource-id.ts';
import { outsideReferences } from '../../facts/outside-references.ts';
import { defineRule } from '../../rule.ts';

interface Fault {
  readonly text: string;
  readonly azureCode: string;
  readonly azureMessage: string;
}

/** These Azure does not fill in. */
const literal = { subscriptionId: '{subscriptionId}', resourceProviderNamespace: '{resourceProviderNamespace}' };

const expectation = 'The Id is expected to reference resources of type {type}. Path {path}.';

export const rule = defineRule({
  code: 'AGW5150',
  id: 'outside-reference-invalid',
  severity: 'error',
  category: 'network',
  title: 'References to subnets, public addresses and firewall policies are IDs of such resources',
  why: 'Azure reads every ID before it looks the resource up, and refuses one that is missing, broken or of another type.',
  source: 'https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#resourceid',
  azureCode: 'InvalidJsonReferenceFormat',
  azureMessage:
    'Reference Id {id} is not formatted correctly. The Id is expected to reference resources of type {type}. Path {path}.',
  check(context) {
    for (const { owner, member, type, reference } of outsideReferences(context)) {
      const id = reference.member('id');
      if (reference.isUncertain || id.isLeftOut) continue;
      const fault = faultOf(id.text, type);
      if (fault === undefined || (id.isGiven && id.text === undefined)) continue;
      const right = `Right would be "[resourceId('${type}', …)]".`;
      context.report(id.isGiven ? id : reference, `${owner}: ${fault.text.replace('{member}', member)}.`, {
        azureCode: fault.azureCode,
        azureMessage: fault.azureMessage,
        azureValues: { ...literal, id: id.text ?? '', type, path: reference.path },
        hint: right,
      });
    }
  },
});

/** The checks in Azure's order: of Resource Manager, which knows nothing of types, and of the provider. */
function faultOf(id: string | undefined, type: string): Fault | undefined {
  if (!id) {
    return {
      text: "'{member}' has no 'id'",
      azureCode: 'MissingJsonReferenceId',
      azureMessage: 'Value for reference id is missing. Path {path}.',
    };
  }
  if (!/^\/(subscriptions|providers)\//i.test(id)) {
    return {
      text: `the id of '{member}' is '${id}', which is not a resource ID`,
      azureCode: 'LinkedInvalidPropertyId',
      azureMessage: `Property id '{id}' at path '{path}.id' is invalid. Expect fully qualified resource Id that start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.`,
    };
  }
  const parsed = parseResourceId(id);
  if (parsed === undefined) {
    return {
      text: `the id of '{member}' is '${id}', which breaks off`,
      azureCode: 'InvalidJsonReferenceFormat',
      azureMessage: `Reference Id {id} is not formatted correctly. ${expectation}`,
    };
  }
  const found = fullTypeOf(parsed);
  if (sameName(found, type)) return undefined;
  return {
    text: `the id of '{member}' names a '${found}', but has to name a '${type}'`,
    azureCode: 'InvalidJsonReferenceWrongType',
    azureMessage: `Reference Id {id} is referencing resource of a wrong type. ${expectation}`,
  };
}
