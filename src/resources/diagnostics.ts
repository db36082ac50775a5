import type { DiagnosticDetails, DiagnosticKind } from '../base/diagnostic.ts';

/**
 * What a resource can have against its schema. `InvalidJson` is the code inside Azure's `InvalidRequestFormat`, "Cannot
 * parse the request": the provider reads bodies strictly and reports all that it cannot read at once.
 */
export const schemaKinds = {
  unknownProperty: { code: 'AGW3001', rule: 'unknown-property', severity: 'error', azureCode: 'InvalidJson' },
  propertyTooNew: {
    code: 'AGW3002',
    rule: 'property-newer-than-api-version',
    severity: 'error',
    azureCode: 'InvalidJson',
  },
  propertyGone: {
    code: 'AGW3003',
    rule: 'property-older-than-api-version',
    severity: 'error',
    azureCode: 'InvalidJson',
  },
  wrongType: { code: 'AGW3004', rule: 'wrong-type', severity: 'error', azureCode: 'InvalidJson' },
  invalidValue: { code: 'AGW3005', rule: 'invalid-value', severity: 'error', azureCode: 'InvalidJson' },
  valueTooNew: { code: 'AGW3006', rule: 'value-newer-than-api-version', severity: 'error', azureCode: 'InvalidJson' },
  valueGone: { code: 'AGW3007', rule: 'value-older-than-api-version', severity: 'error', azureCode: 'InvalidJson' },
  outOfRange: { code: 'AGW3008', rule: 'value-out-of-range', severity: 'error' },
  missingProperty: { code: 'AGW3009', rule: 'missing-property', severity: 'error' },
  letterCase: { code: 'AGW3010', rule: 'letter-case', severity: 'info' },
  convertedType: { code: 'AGW3011', rule: 'converted-type', severity: 'info' },
  unknownApiVersion: {
    code: 'AGW3012',
    rule: 'unknown-api-version',
    severity: 'error',
    azureCode: 'NoRegisteredProviderFound',
  },
  laterApiVersion: { code: 'AGW3014', rule: 'later-api-version', severity: 'info' },
  notAGateway: { code: 'AGW3013', rule: 'not-a-gateway', severity: 'error' },
} as const satisfies Record<string, DiagnosticKind>;

/** Takes up a finding. */
export type Report = (kind: DiagnosticKind, details: DiagnosticDetails) => void;
