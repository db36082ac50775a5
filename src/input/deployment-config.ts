import type { Node, Pair, YAMLMap } from 'yaml';
import type { Diagnostic, Result } from '../base/diagnostic.ts';
import type { SourceText } from '../base/span.ts';
import { cloudNames, type Deployer } from '../template/deployment-context.ts';
import { findingAt, unknownName } from './config-findings.ts';

/** What a template can ask about its deployment and no option tells. */
export interface DeploymentConfig {
  readonly name?: string;
  readonly tenantId?: string;
  readonly subscriptionName?: string;
  readonly resourceGroupTags?: Readonly<Record<string, string>>;
  readonly managementGroup?: string;
  /** What `environment()` answers for. */
  readonly cloud?: (typeof cloudNames)[number];
  /** What `deployer()` answers. */
  readonly deployer?: Partial<Deployer>;
  /** What `utcNow()` answers, as `2024-05-01T12:00:00Z`. */
  readonly time?: string;
}

interface Setting {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const text: Setting = { expected: 'text', accepts: (value) => typeof value === 'string' };
const texts: Setting = { expected: 'a mapping of texts', accepts: isMappingOfTexts };

const settings: Readonly<Record<keyof DeploymentConfig, Setting>> = {
  name: text,
  tenantId: text,
  subscriptionName: text,
  resourceGroupTags: texts,
  managementGroup: text,
  cloud: { expected: `one of ${cloudNames.join(', ')}`, accepts: (value) => cloudNames.some((name) => name === value) },
  deployer: texts,
  time: {
    expected: 'a time such as 2024-05-01T12:00:00Z',
    accepts: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  },
};

/** Reads `deployment:` of an `agate.yaml`; what does not fit is reported and left out. */
export function readDeploymentConfig(source: SourceText, mapping: YAMLMap): Result<DeploymentConfig> {
  const value: Record<string, unknown> = {};
  const diagnostics: Diagnostic[] = [];
  for (const pair of mapping.items) {
    const { key, value: node } = pair as Pair<Node, Node | null>;
    const name = String(key);
    const setting = Object.hasOwn(settings, name) ? settings[name as keyof DeploymentConfig] : undefined;
    const given: unknown = node?.toJSON();
    if (setting === undefined) diagnostics.push(unknownName(source, key, 'setting', Object.keys(settings)));
    else if (setting.accepts(given)) value[name] = given;
    else diagnostics.push(findingAt(source, node ?? key, `'${name}' should be ${setting.expected}.`));
  }
  return { value, diagnostics };
}

function isMappingOfTexts(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((part) => typeof part === 'string');
}
