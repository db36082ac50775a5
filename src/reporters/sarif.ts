import { createHash } from 'node:crypto';
import type { Diagnostic, RelatedPlace, Severity } from '../base/diagnostic.ts';
import type { Range } from '../base/span.ts';
import { byPlace } from './order.ts';
import type { ReportedRule, Reporter, ReporterOptions } from './reporter.ts';
import { sarifFixes } from './sarif-fixes.ts';
import { sarifRegion } from './sarif-region.ts';
import { fileUri } from './uri.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * SARIF 2.1.0, as code scanning services read it.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const renderSarif: Reporter = (diagnostics, options) => {
  const findings = byPlace(diagnostics);
  const rules = rulesOf(findings, options.rules);
  const indexes = new Map(rules.map((rule, index) => [rule.code, index]));
  const fingerprint = fingerprinter(options);
  const run = {
    tool: { driver: driverOf(rules, options.version) },
    columnKind: 'utf16CodeUnits',
    artifacts: [...options.sources.keys()].map((name) => ({ location: { uri: fileUri(name) } })),
    results: findings.map((finding) => ({
      ruleId: finding.code,
      ruleIndex: indexes.get(finding.code) ?? -1,
      level: levels[finding.severity],
      message: { text: finding.hint === undefined ? finding.message : `${finding.message}\n${finding.hint}` },
      locations: [locationOf(finding, options)],
      ...relatedLocations(finding.related),
      ...sarifFixes(finding, options),
      partialFingerprints: { 'agate/v1': fingerprint(finding) },
      properties: propertiesOf(finding),
    })),
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
};

function driverOf(rules: readonly ReportedRule[], version: string) {
  return {
    name: 'agate',
    informationUri: 'https://www.npmjs.com/package/agate-gateway',
    semanticVersion: version,
    rules: rules.map((rule) => ({
      id: rule.code,
      name: rule.id,
      shortDescription: { text: rule.title },
      fullDescription: { text: rule.why },
      ...(rule.source === '' ? {} : { helpUri: rule.source }),
      defaultConfiguration: { level: levels[rule.severity] },
    })),
  };
}

/** The rules behind the findings; one that is not known is described by its findings. */
function rulesOf(findings: readonly Diagnostic[], known: readonly ReportedRule[]): readonly ReportedRule[] {
  const byCode = new Map(known.map((rule) => [rule.code, rule]));
  const used = new Map<string, ReportedRule>();
  for (const { code, rule, severity } of findings) {
    const title = rule.replaceAll('-', ' ');
    if (!used.has(code))
      used.set(code, byCode.get(code) ?? { code, id: rule, severity, title, why: title, source: '' });
  }
  return [...used.values()];
}

/** Code scanning refuses results without a location: what has no place in a text points at the first file. */
function locationOf(finding: Diagnostic, options: ReporterOptions) {
  const file = finding.file ?? options.sources.keys().next().value ?? '<unknown>';
  return {
    ...physicalLocation(file, finding.range),
    ...(finding.path === null ? {} : { logicalLocations: [{ fullyQualifiedName: finding.path }] }),
  };
}

function relatedLocations(related: readonly RelatedPlace[]) {
  const placed = related.flatMap(({ file, range, message }, id) =>
    file === null ? [] : [{ id, ...physicalLocation(file, range), message: { text: message } }],
  );
  return placed.length === 0 ? {} : { relatedLocations: placed };
}

function physicalLocation(file: string, range: Range | null) {
  const region = range ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  return {
    physicalLocation: {
      artifactLocation: { uri: fileUri(file) },
      region: sarifRegion(region),
    },
  };
}

function propertiesOf({ rule, azureCode, azureMessage }: Diagnostic) {
  return {
    rule,
    ...(azureCode === undefined ? {} : { azureCode }),
    ...(azureMessage === undefined ? {} : { azureMessage }),
  };
}

/**
 * Makes fingerprints that outlive edits elsewhere in the file: of rule, file, path and message, and of their number
 * among those that are alike.
 */
function fingerprinter(options: ReporterOptions): (finding: Diagnostic) => string {
  const seen = new Map<string, number>();
  const firstFile = options.sources.keys().next().value ?? '';
  return ({ code, file, path, message }) => {
    const identity = JSON.stringify([code, fileUri(file ?? firstFile), path, message]);
    const number = seen.get(identity) ?? 0;
    seen.set(identity, number + 1);
    return createHash('sha256').update(`${identity}#${number}`).digest('hex').slice(0, 32);
  };
}
