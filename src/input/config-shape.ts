import { type Severity, severities } from '../base/diagnostic.ts';
import type { Behaviour } from '../routing/behaviour.ts';
import { behaviourChoices } from '../routing/behaviour.ts';
import { cloudNames, type Deployer } from '../template/deployment-context.ts';
import { adminPlace, backendSpec, bindAddress, hostAddresses, listenPlaces, responderUrls } from './address-shapes.ts';
import type { CertificateEntry, Config, DeploymentConfig } from './config.ts';
import {
  anything,
  flag,
  list,
  type Members,
  mapping,
  oneOf,
  optional,
  record,
  required,
  type Shape,
  scalar,
  wholeNumber,
  withHint,
} from './shape.ts';

/** As many as a gateway of v2 can have. https://learn.microsoft.com/azure/application-gateway/application-gateway-autoscaling-zone-redundant */
export const maximumInstances = 125;

const text = wordsCalled('text');
const path = wordsCalled('a path');
const values = record(anything);

/** YAML reads `1.0` as a number where a text is meant just as often. */
function wordsCalled(name: string): Shape<string> {
  return scalar({
    name,
    schema: { type: ['string', 'number'], pattern: '\\S' },
    accept: (value) =>
      (typeof value === 'string' && /\S/.test(value)) || typeof value === 'number' ? String(value) : undefined,
  });
}

function oneWordOf<T>(choices: readonly T[]): Shape<T> {
  return scalar({
    name: `one of ${choices.join(', ')}`,
    schema: { enum: choices },
    accept: (value) => choices.find((choice) => choice === value),
  });
}

const dateTime = scalar<string>({
  name: 'a time such as 2024-05-01T12:00:00Z',
  schema: { type: 'string', format: 'date-time' },
  accept: (value) => (typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined),
});

const deployment = mapping<DeploymentConfig>({
  name: optional(text, 'name of the deployment'),
  tenantId: optional(text, 'ID of the tenant'),
  subscriptionName: optional(text, 'name of the subscription'),
  resourceGroupTags: optional(record(text), 'tags of the resource group'),
  managementGroup: optional(text, 'name of the management group'),
  cloud: optional(oneWordOf(cloudNames), 'what environment() answers for'),
  deployer: optional(
    mapping<Partial<Deployer>>({
      objectId: optional(text, 'object ID of who deploys'),
      tenantId: optional(text, 'their tenant'),
      userPrincipalName: optional(text, 'their name'),
    }),
    'what deployer() answers',
  ),
  time: optional(dateTime, 'what utcNow() answers'),
});

const behaviour = mapping<Partial<Behaviour>>(
  Object.fromEntries(
    Object.entries(behaviourChoices).map(([name, choices]) => [
      name,
      optional(oneWordOf<unknown>(choices), 'what the gateway does where Azure leaves it open'),
    ]),
  ) as Members<Partial<Behaviour>>,
);

const certificate = oneOf<CertificateEntry>('a path, or { file: …, password: … }', [
  path,
  mapping<Exclude<CertificateEntry, string>>({
    file: required(path, 'PFX or PEM file'),
    password: optional(text, 'its password'),
  }),
]);

/** What the rules are called, and what an ignore needs, is for `agate lint` to know. */
const lint = mapping<{ rules: unknown; ignore: unknown; overrides: unknown }>({
  rules: optional(values, 'severity or off, by rule'),
  ignore: optional(
    list(
      mapping<{ rule: unknown; reason: unknown; path: unknown; files: unknown }>({
        rule: optional(text, 'rule that is ignored'),
        reason: optional(text, 'why'),
        path: optional(text, 'part of the resource'),
        files: optional(text, 'pattern of files'),
      }),
    ),
    'findings that are accepted',
  ),
  overrides: optional(
    list(
      mapping<{ files: unknown; rules: unknown }>({
        files: required(text, 'pattern of files'),
        rules: optional(values, 'severity or off, by rule'),
      }),
    ),
    'severities of some files',
  ),
});

/** All that `agate.yaml` can hold. */
export const configShape = mapping<Config>({
  parameters: optional(
    withHint(
      oneOf<Config['parameters']>('a list or a mapping', [list(path), values]),
      'As in parameters: [prod.parameters.json, capacity=3] or parameters: { capacity: 3 }',
    ),
    'parameter files and name=value, or values by name',
  ),
  subscription: optional(
    withHint(text, 'As in subscription: 11111111-1111-1111-1111-111111111111'),
    'ID of the subscription',
  ),
  resourceGroup: optional(withHint(text, 'As in resourceGroup: shop-rg'), 'name of the resource group'),
  location: optional(withHint(text, 'As in location: westeurope'), 'region of the resource group'),
  gateway: optional(withHint(text, 'As in gateway: gw1'), 'which gateway, when the template has several'),
  linked: optional(
    withHint(record(path), 'As in linked: { https://templates.contoso.com/: ./templates }'),
    'folders in which linked templates lie, by the beginning of their address',
  ),
  references: optional(
    withHint(values, 'As in references: { Microsoft.Web/sites/shop: { defaultHostName: shop.azurewebsites.net } }'),
    'what reference() answers, by resource ID',
  ),
  externalInputs: optional(withHint(values, 'As in externalInputs: { count: 3 }'), 'inputs of parameter files'),
  extensionConfigs: optional(
    withHint(record(values), 'As in extensionConfigs: { k8s: { namespace: shop } }'),
    "how the template's extensions are configured, by alias",
  ),
  secrets: optional(
    withHint(record(text), 'As in secrets: { shop-vault/tls-password: s3cret }'),
    'secrets of Key Vaults, by vault/secret',
  ),
  deployment: optional(
    withHint(deployment, 'As in deployment: { cloud: AzureUSGovernment, time: 2024-05-01T12:00:00Z }'),
    'what a template can ask about its deployment',
  ),
  portOffset: optional(
    withHint(wholeNumber(0, 65_535), 'As in portOffset: 8000'),
    'added to frontend ports below 1024',
  ),
  listen: optional(listenPlaces, 'where frontend ports are found'),
  bind: optional(bindAddress, 'address to listen on'),
  backends: optional(
    withHint(record(backendSpec), 'As in backends: { web: localhost:3000 }'),
    'where members of pools really are',
  ),
  unmapped: optional(withHint(oneWordOf(['mock', 'live', 'down'] as const), 'As in unmapped: live'), 'other members'),
  verifyBackends: optional(withHint(flag, 'As in verifyBackends: true'), 'check certificates behind backends'),
  hosts: optional(hostAddresses, 'addresses behind names of pool members'),
  certificates: optional(
    withHint(
      oneOf<Config['certificates']>('a folder or a mapping', [path, record(certificate)]),
      'As in certificates: ./certs, or certificates: { site: { file: ./site.pfx, password: … } }',
    ),
    'files for certificates that the template names',
  ),
  ca: optional(withHint(path, 'As in ca: ./root.pem'), 'authority that makes certificates'),
  ocspResponders: optional(responderUrls, 'where OCSP responders are'),
  admin: optional(adminPlace, 'where dashboard and admin API listen'),
  accessLog: optional(withHint(path, "As in accessLog: access.log, or '-' for standard output"), 'access log'),
  performanceLog: optional(withHint(path, "As in performanceLog: '-'"), 'performance log of v1'),
  instances: optional(
    withHint(wholeNumber(1, maximumInstances), 'As in instances: 2'),
    'processes that serve together',
  ),
  strict: optional(withHint(flag, 'As in strict: true'), 'refuse what is not emulated'),
  standIns: optional(withHint(flag, 'As in standIns: true'), 'stand-ins for parameters without a value'),
  failOn: optional(withHint(oneWordOf<Severity>(severities), 'As in failOn: warning'), 'severity that fails lint'),
  lint: optional(withHint(lint, 'As in lint: { rules: { single-instance: off } }'), 'severities and ignores'),
  behaviour: optional(withHint(behaviour, 'As in behaviour: { pathPrecedence: exactFirst }'), "the gateway's choices"),
  errorPages: optional(
    withHint(record(path), 'As in errorPages: { https://contoso.com/502.html: ./502.html }'),
    'files that stand for custom error pages, by URL',
  ),
});
