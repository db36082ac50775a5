import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { diagnose } from '../../src/base/diagnostic.ts';
import { SourceText, type Span } from '../../src/base/span.ts';
import type { ReportedRule, ReporterOptions } from '../../src/reporters/reporter.ts';

const text = `{
  "resources": [
    {
      "name": "gw",
\t"port": 0
    }
  ]
}
`;

export const source = new SourceText('infra/azuredeploy.json', text);
export const clean = new SourceText('infra/clean.json', '{}');

/** Where a piece of the source stands. */
export function spanOf(piece: string, length = piece.length): Span {
  return { source, offset: text.indexOf(piece), length };
}

export const portInvalid = diagnose(
  { code: 'AGW5024', rule: 'frontend-port-invalid', severity: 'error', azureCode: 'InvalidPort' },
  {
    message: 'Frontend port \'http\' is 0; "1" to <64999> & no other.',
    span: spanOf('"port": 0'),
    path: 'properties.frontendPorts[0].properties.port',
    related: [{ message: "Gateway 'gw' is here.", span: spanOf('"gw"') }, { message: 'Somewhere else.' }],
    hint: 'Take 80, or 443.',
  },
);

export const unnamed = diagnose(
  { code: 'AGW2004', rule: 'listener-without-rule', severity: 'warning' },
  {
    message: "Listener 'blog' has no request routing rule; its requests go nowhere.",
    span: spanOf('{\n      "name"', 30),
  },
);

export const placeless = diagnose(
  { code: 'AGW6025', rule: 'no-diagnostic-settings', severity: 'info' },
  { message: 'Logs go nowhere.' },
);

export const findings: readonly Diagnostic[] = [placeless, unnamed, portInvalid];

export const reportedRules: readonly ReportedRule[] = [
  {
    code: 'AGW5024',
    id: 'frontend-port-invalid',
    severity: 'error',
    title: 'A frontend port lies within what Azure offers',
    why: 'The rest belongs to the management of the gateway.',
    source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-components#ports',
  },
];

export const options: ReporterOptions = {
  sources: new Map([source, clean].map((file) => [file.name, file])),
  rules: reportedRules,
  version: '1.2.3',
};
