import type { Diagnostic, DiagnosticKind } from '../../base/diagnostic.ts';

/**
 * What can keep a gateway from being built as written. The codes of Azure are those with which
 * `Microsoft.Network` refuses the same fault; a repaired fault is one that Azure refuses and Agate reads as it was meant.
 * https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
 */
export const buildKinds = {
  danglingReference: {
    code: 'AGW4001',
    rule: 'dangling-reference',
    severity: 'error',
    azureCode: 'InvalidResourceReference',
  },
  missingReferenceId: {
    code: 'AGW4002',
    rule: 'missing-reference-id',
    severity: 'error',
    azureCode: 'MissingJsonReferenceId',
  },
  malformedReference: {
    code: 'AGW4003',
    rule: 'malformed-reference',
    severity: 'error',
    azureCode: 'InvalidJsonReferenceFormat',
  },
  wrongReferenceType: {
    code: 'AGW4004',
    rule: 'reference-of-wrong-type',
    severity: 'error',
    azureCode: 'InvalidJsonReferenceWrongType',
  },
  duplicateName: {
    code: 'AGW4005',
    rule: 'duplicate-sub-resource-name',
    severity: 'error',
    azureCode: 'DuplicateResourceName',
  },
  missingName: { code: 'AGW4006', rule: 'missing-sub-resource-name', severity: 'error' },
  notAResourceId: {
    code: 'AGW4007',
    rule: 'not-a-resource-id',
    severity: 'error',
    azureCode: 'LinkedInvalidPropertyId',
  },
  strayTextAfterId: {
    code: 'AGW4008',
    rule: 'stray-text-after-id',
    severity: 'error',
    azureCode: 'InvalidResourceReference',
  },
  placeholderInId: {
    code: 'AGW4009',
    rule: 'placeholder-in-id',
    severity: 'error',
    azureCode: 'LinkedInvalidPropertyId',
  },
  referenceToAnotherScope: { code: 'AGW4010', rule: 'reference-to-another-scope', severity: 'warning' },
  incompleteId: {
    code: 'AGW4012',
    rule: 'incomplete-id',
    severity: 'error',
    azureCode: 'LinkedInvalidPropertyId',
  },
  unknownPoolMember: { code: 'AGW4011', rule: 'unknown-pool-member', severity: 'info' },
} as const satisfies Record<string, DiagnosticKind>;

const repairs: ReadonlySet<string> = new Set(
  [buildKinds.strayTextAfterId, buildKinds.placeholderInId, buildKinds.incompleteId].map(({ code }) => code),
);

/** Whether a finding tells of a fault that Azure refuses and that does no harm here, because it was put right. */
export function isRepair(finding: Diagnostic): boolean {
  return repairs.has(finding.code);
}
