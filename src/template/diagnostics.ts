import type { DiagnosticKind } from '../base/diagnostic.ts';

/** Every kind of finding about the text and the language of a template. */
export const kinds = {
  invalidJson: { code: 'AGW0010', rule: 'invalid-json', severity: 'error', azureCode: 'InvalidTemplate' },
  trailingComma: { code: 'AGW0011', rule: 'trailing-comma', severity: 'info' },
  byteOrderMark: { code: 'AGW0012', rule: 'byte-order-mark', severity: 'info' },
  rawControlCharacter: { code: 'AGW0013', rule: 'raw-control-character', severity: 'info' },
  duplicateKey: { code: 'AGW0014', rule: 'duplicate-key', severity: 'warning' },
  jsonTooDeep: { code: 'AGW0015', rule: 'json-too-deep', severity: 'error', azureCode: 'InvalidTemplate' },
  unusualWhiteSpace: { code: 'AGW0017', rule: 'unusual-white-space', severity: 'info' },
  numberOutOfRange: { code: 'AGW0016', rule: 'number-out-of-range', severity: 'warning' },

  invalidTemplate: { code: 'AGW1001', rule: 'invalid-template', severity: 'error', azureCode: 'InvalidTemplate' },
  sectionNotEvaluated: { code: 'AGW1002', rule: 'section-not-evaluated', severity: 'warning' },
  assertionFailed: { code: 'AGW1003', rule: 'assertion-failed', severity: 'warning' },
  limitExceeded: { code: 'AGW1004', rule: 'limit-exceeded', severity: 'error', azureCode: 'InvalidTemplate' },
  schemaOfParameters: { code: 'AGW1006', rule: 'schema-of-parameters', severity: 'warning' },
  invalidExpression: { code: 'AGW1005', rule: 'invalid-expression', severity: 'error', azureCode: 'InvalidTemplate' },

  missingParameter: { code: 'AGW1010', rule: 'missing-parameter', severity: 'error', azureCode: 'InvalidTemplate' },
  unknownParameter: { code: 'AGW1011', rule: 'unknown-parameter', severity: 'error', azureCode: 'InvalidTemplate' },
  invalidParameter: { code: 'AGW1012', rule: 'invalid-parameter', severity: 'error', azureCode: 'InvalidTemplate' },
  invalidDeclaration: { code: 'AGW1013', rule: 'invalid-declaration', severity: 'error', azureCode: 'InvalidTemplate' },
  parameterStandIn: { code: 'AGW1014', rule: 'parameter-stand-in', severity: 'info' },
  secretStandIn: { code: 'AGW1015', rule: 'secret-stand-in', severity: 'warning' },
  invalidParametersFile: {
    code: 'AGW1016',
    rule: 'invalid-parameters-file',
    severity: 'error',
    azureCode: 'InvalidDeploymentParameterFile',
  },

  missingExternalInput: { code: 'AGW1017', rule: 'missing-external-input', severity: 'error' },

  invalidVariable: { code: 'AGW1020', rule: 'invalid-variable', severity: 'error', azureCode: 'InvalidTemplate' },
  invalidCopy: { code: 'AGW1021', rule: 'invalid-copy', severity: 'error', azureCode: 'InvalidTemplate' },

  invalidResource: { code: 'AGW1030', rule: 'invalid-resource', severity: 'error', azureCode: 'InvalidTemplate' },
  propertyLeftOut: { code: 'AGW1031', rule: 'property-left-out', severity: 'error', azureCode: 'InvalidTemplate' },
  unknownDependency: { code: 'AGW1032', rule: 'unknown-dependency', severity: 'error', azureCode: 'InvalidTemplate' },
  circularDependency: {
    code: 'AGW1033',
    rule: 'circular-dependency',
    severity: 'error',
    azureCode: 'InvalidTemplateCircularDependency',
  },
  duplicateResource: { code: 'AGW1034', rule: 'duplicate-resource', severity: 'error', azureCode: 'InvalidTemplate' },

  foreignChild: { code: 'AGW1035', rule: 'foreign-child-resource', severity: 'warning' },

  invalidOutput: { code: 'AGW1040', rule: 'invalid-output', severity: 'error', azureCode: 'InvalidTemplate' },

  linkedTemplateUnavailable: {
    code: 'AGW1050',
    rule: 'linked-template-unavailable',
    severity: 'error',
    azureCode: 'InvalidContentLink',
  },
  invalidDeployment: { code: 'AGW1051', rule: 'invalid-deployment', severity: 'error', azureCode: 'InvalidTemplate' },

  unreadParameters: { code: 'AGW1052', rule: 'unread-parameters', severity: 'warning' },

  unknownRuntimeValue: { code: 'AGW1060', rule: 'unknown-runtime-value', severity: 'warning' },
  runtimePlaceholder: { code: 'AGW1061', rule: 'runtime-placeholder', severity: 'info' },
  skippedResource: { code: 'AGW1063', rule: 'skipped-resource', severity: 'error', azureCode: 'ResourceNotFound' },
  runtimeAssumption: { code: 'AGW1062', rule: 'runtime-assumption', severity: 'info' },
} as const satisfies Readonly<Record<string, DiagnosticKind>>;
