import type { CaseInsensitiveMap } from '../base/case-insensitive-map.ts';
import type { Clock } from '../base/clock.ts';
import type { Diagnostic, Result } from '../base/diagnostic.ts';
import type { SourceText } from '../base/span.ts';
import { redactSecrets } from '../resources/redact-secrets.ts';
import { buildResourceGraph, type ResourceGraph } from '../resources/resource-graph.ts';
import { isMeantAsTemplate, looksLikeGateway, resourcesOfGatewayDocument } from '../resources/resources-of-document.ts';
import { templateAround } from '../resources/template-around.ts';
import { validateResource } from '../resources/validate-resource.ts';
import { type DeploymentContext, defaultDeploymentContext } from '../template/deployment-context.ts';
import { evaluateInTemplate, evaluateTemplate } from '../template/evaluate-template.ts';
import type { DeployedResource, EvaluatedDeployment } from '../template/evaluated-deployment.ts';
import type { LinkedTemplates } from '../template/nested/linked-templates.ts';
import type { SuppliedParameters } from '../template/parameters/supplied-parameters.ts';
import { readJson } from '../template/read-json.ts';
import type { ObjectValue, Value } from '../template/value.ts';
import { buildGateway, findGateways } from './build/build-gateway.ts';
import { isRepair } from './build/diagnostics.ts';
import type { Gateway } from './model.ts';
import { evaluationObstacles } from './obstacles.ts';

/** A document, the values that go with it, and how to treat what is missing. */
export interface GatewayDocument extends DeploymentInput {
  /** Text of a template, of one gateway, or of what Azure returns for a gateway; or the same as a value. */
  readonly document: SourceText | Value;
}

/** What goes with a document when it is deployed. */
export interface DeploymentInput {
  readonly parameters: SuppliedParameters;
  readonly context: Partial<DeploymentContext>;
  readonly linkedTemplates?: LinkedTemplates;
  /** What `reference()` answers for resources that the template does not declare. */
  readonly references?: CaseInsensitiveMap<Value>;
  /** Secrets of Key Vaults that parameters are taken from, by `vault/secret`. */
  readonly secrets?: CaseInsensitiveMap<string>;
  /** How the template's extensions are configured, by alias. */
  readonly extensionConfigs?: ObjectValue;
  readonly clock: Clock;
  /**
   * Where the template could have been deployed from, for templates that find others beside themselves by
   * `deployment().properties.templateLink.uri`; used only where stand-ins or placeholders are.
   */
  readonly templateUri?: string | undefined;
  /** Parameters without a value get one of their type, each with a finding. */
  readonly standIns: boolean;
  /** Values that only Azure knows get one that could be theirs, each with a finding. */
  readonly placeholders: boolean;
}

/** A gateway and the resource it was built from. */
export interface LoadedGateway {
  readonly gateway: Gateway;
  readonly resource: DeployedResource;
}

export interface LoadedTemplate {
  /** The document as read; undefined when it is not JSON. */
  readonly document: Value | undefined;
  readonly deployment: EvaluatedDeployment;
  readonly graph: ResourceGraph;
  readonly gateways: readonly LoadedGateway[];
  /**
   * The errors among the findings because of which a gateway is not as written: text that does not read, expressions
   * that do not evaluate, references to nothing. Errors that leave the gateway whole, such as a repaired ID, are not
   * among them.
   */
  readonly obstacles: readonly Diagnostic[];
}

/**
 * From text to gateways: reads, evaluates, checks the resources against their schemas and builds every gateway. What is
 * broken is left out and said; the rest is there.
 */
export function loadGateways(input: GatewayDocument): Result<LoadedTemplate> {
  const read = readDocument(input.document);
  const evaluated = evaluateDocument(read.value, input);
  const graph = buildResourceGraph(evaluated.value.resources);
  const built = findGateways(graph.resources).map((resource) => ({ resource, ...buildGateway(resource, graph) }));
  const gateways = built.map(({ resource, value }) => ({ resource, gateway: value }));
  const certain = [read, ...built].flatMap(({ diagnostics }) => diagnostics).filter(isObstacle);
  const obstacles = [...certain, ...evaluationObstacles(evaluated.diagnostics, gateways, read.value)];
  const diagnostics = [
    ...[read, evaluated, ...built].flatMap((result) => result.diagnostics),
    ...graph.resources.flatMap(validateResource),
  ];
  return {
    value: {
      document: read.value,
      deployment: evaluated.value,
      graph,
      gateways,
      obstacles: redactSecrets(obstacles, graph.resources),
    },
    diagnostics: redactSecrets(diagnostics, graph.resources),
  };
}

function isObstacle(finding: Diagnostic): boolean {
  return finding.severity === 'error' && !isRepair(finding);
}

/** Reads a document, unless it is read already. */
export function readDocument(document: SourceText | Value): Result<Value | undefined> {
  return 'kind' in document ? { value: document, diagnostics: [] } : readJson(document);
}

const nothing: EvaluatedDeployment = { resources: [], outputs: new Map() };

/** Evaluates a template, or takes a gateway's own document as a deployment of one resource. */
export function evaluateDocument(document: Value | undefined, input: DeploymentInput): Result<EvaluatedDeployment> {
  if (document === undefined) return { value: nothing, diagnostics: [] };
  const around = templateAround(document, input.parameters);
  if (around !== undefined || (isMeantAsTemplate(document) && !looksLikeGateway(document))) {
    return evaluateTemplate({ ...withTemplateUri(input), template: around ?? document });
  }
  const resources = resourcesOfGatewayDocument(document, { ...defaultDeploymentContext, ...input.context });
  return { value: { resources: resources.value, outputs: new Map() }, diagnostics: resources.diagnostics };
}

/** Evaluates one expression as if it stood in an output of the document; undefined when it cannot be. */
export function evaluateInDocument(document: Value, input: DeploymentInput, text: string): Result<Value | undefined> {
  const template = templateAround(document, input.parameters) ?? document;
  return evaluateInTemplate({ ...withTemplateUri(input), template }, text);
}

/** A template that is deployed from a file has no address; where guesses are welcome it gets the one that was assumed. */
function withTemplateUri({ templateUri, ...input }: DeploymentInput): DeploymentInput {
  return (input.placeholders || input.standIns) && templateUri !== undefined ? { ...input, templateUri } : input;
}
