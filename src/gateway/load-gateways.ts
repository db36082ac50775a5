import type { CaseInsensitiveMap } from '../base/case-insensitive-map.ts';
import type { Clock } from '../base/clock.ts';
import type { Diagnostic, Result } from '../base/diagnostic.ts';
import type { SourceText } from '../base/span.ts';
import { buildResourceGraph, type ResourceGraph } from '../resources/resource-graph.ts';
import { looksLikeGateway, resourcesOfGatewayDocument } from '../resources/resources-of-document.ts';
import { validateResource } from '../resources/validate-resource.ts';
import { type DeploymentContext, defaultDeploymentContext } from '../template/deployment-context.ts';
import { evaluateTemplate } from '../template/evaluate-template.ts';
import type { DeployedResource, EvaluatedDeployment } from '../template/evaluated-deployment.ts';
import type { LinkedTemplates } from '../template/nested/linked-templates.ts';
import type { SuppliedParameters } from '../template/parameters/supplied-parameters.ts';
import { readJson } from '../template/read-json.ts';
import type { Value } from '../template/value.ts';
import { buildGateway, findGateways } from './build/build-gateway.ts';
import type { Gateway } from './model.ts';

/** A document, the values that go with it, and how to treat what is missing. */
export interface GatewayDocument {
  /** Text of a template, of one gateway, or of what Azure returns for a gateway; or the same as a value. */
  readonly document: SourceText | Value;
  readonly parameters: SuppliedParameters;
  readonly context: Partial<DeploymentContext>;
  readonly linkedTemplates?: LinkedTemplates;
  /** What `reference()` answers for resources that the template does not declare. */
  readonly references?: CaseInsensitiveMap<Value>;
  readonly clock: Clock;
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
  readonly deployment: EvaluatedDeployment;
  readonly graph: ResourceGraph;
  readonly gateways: readonly LoadedGateway[];
}

/**
 * From text to gateways: reads, evaluates, checks the resources against their schemas and builds every gateway. What is
 * broken is left out and said; the rest is there.
 */
export function loadGateways(input: GatewayDocument): Result<LoadedTemplate> {
  const evaluated = evaluateDocument(input);
  const { resources } = evaluated.value;
  const graph = buildResourceGraph(resources);
  const diagnostics: Diagnostic[] = [...evaluated.diagnostics, ...resources.flatMap(validateResource)];
  const gateways = findGateways(resources).map((resource) => {
    const built = buildGateway(resource, graph);
    diagnostics.push(...built.diagnostics);
    return { gateway: built.value, resource };
  });
  return { value: { deployment: evaluated.value, graph, gateways }, diagnostics };
}

const nothing: EvaluatedDeployment = { resources: [], outputs: new Map() };

/** Reads and evaluates a template, or takes a gateway's own document as a deployment of one resource. */
export function evaluateDocument(input: GatewayDocument): Result<EvaluatedDeployment> {
  const read = 'kind' in input.document ? { value: input.document, diagnostics: [] } : readJson(input.document);
  if (read.value === undefined) return { value: nothing, diagnostics: read.diagnostics };
  const context: DeploymentContext = { ...defaultDeploymentContext, ...input.context };
  if (looksLikeGateway(read.value)) {
    const resources = resourcesOfGatewayDocument(read.value, context);
    return {
      value: { resources: resources.value, outputs: new Map() },
      diagnostics: [...read.diagnostics, ...resources.diagnostics],
    };
  }
  const { document: _, ...options } = input;
  const evaluated = evaluateTemplate({ ...options, template: read.value, context });
  return { value: evaluated.value, diagnostics: [...read.diagnostics, ...evaluated.diagnostics] };
}
