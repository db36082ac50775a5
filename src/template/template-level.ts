import { azureFrames } from './azure-messages.ts';
import type { DeploymentContext } from './deployment-context.ts';
import { kinds } from './diagnostics.ts';
import { evaluateString } from './evaluate-string.ts';
import type { DeployedResource, DeploymentOutput } from './evaluated-deployment.ts';
import type { EvaluationRun } from './evaluation-run.ts';
import { textLengthOf } from './expression/value-weight.ts';
import { Extensions } from './extensions.ts';
import { rememberLeftOut } from './left-out.ts';
import { TemplateSize } from './limits.ts';
import { openNestedLevel } from './nested/open-nested-level.ts';
import { type EvaluatedOutputs, evaluateOutputs } from './outputs.ts';
import { Parameters } from './parameters/parameters.ts';
import type { SuppliedParameters } from './parameters/supplied-parameters.ts';
import { References } from './references.ts';
import { reportNamesakes } from './report-namesakes.ts';
import { reportDuplicates } from './resources/check-duplicates.ts';
import { Dependencies } from './resources/dependencies.ts';
import { type ExpandedResources, expandResources } from './resources/expand-resources.ts';
import { circularDependency, type ResourceInstance } from './resources/resource-instance.ts';
import { ResourceNames } from './resources/resource-names.ts';
import { Scope } from './scope.ts';
import { LimitFault, TemplateFault } from './template-fault.ts';
import { templateHash } from './template-hash.ts';
import type { TemplateSections } from './template-sections.ts';
import { UserFunctions } from './user-functions.ts';
import { getValue, type ObjectValue, objectValue, stringValue, type Value } from './value.ts';
import { Variables } from './variables.ts';

export interface LevelSetup {
  readonly run: EvaluationRun;
  readonly sections: TemplateSections;
  readonly supplied: SuppliedParameters;
  /** How its extensions are configured, by alias. */
  readonly extensionConfigs: ObjectValue;
  /** Where its resources go. */
  readonly target: DeploymentContext;
  /** Names of the nested deployments around it, outermost first, its own included; empty for the user's template. */
  readonly path: readonly string[];
  /** The scope of the template around it, when that one evaluates this one's expressions. */
  readonly outerScope: Scope | undefined;
  /** The file it was read from, or the address it was found at: where relative links start. */
  readonly location: string;
  /** What `deployment().properties.templateLink.uri` answers. */
  readonly templateUri: string | undefined;
}

const notExpanded: ExpandedResources = { instances: [], isIncomplete: true };

/** One template of an evaluation: the user's own, or that of a nested deployment. Everything is evaluated once. */
export class TemplateLevel {
  readonly run: EvaluationRun;
  readonly sections: TemplateSections;
  readonly target: DeploymentContext;
  readonly path: readonly string[];
  readonly location: string;
  readonly parameters: Parameters;
  readonly variables: Variables;
  readonly functions: UserFunctions;
  readonly references: References;
  readonly extensions: Extensions;
  /** Nested templates whose expressions this one evaluates. */
  readonly outerScopeLevels: TemplateLevel[] = [];
  /** The scope in which its resources and outputs are evaluated. */
  readonly scope: Scope;
  readonly #templateUri: string | undefined;
  #expanded: ExpandedResources | undefined;
  #names: { readonly instances: readonly ResourceInstance[]; readonly names: ResourceNames } | undefined;
  #outputs: EvaluatedOutputs | undefined;
  readonly #size: TemplateSize;
  readonly #nested = new Map<ResourceInstance, 'opening' | { readonly level: TemplateLevel | undefined }>();

  constructor(setup: LevelSetup) {
    this.run = setup.run;
    this.sections = setup.sections;
    this.target = setup.target;
    this.path = setup.path;
    this.location = setup.location;
    this.#templateUri = setup.templateUri;
    this.#size = new TemplateSize(setup.run.budget);
    this.parameters = new Parameters(this, setup.supplied);
    this.variables = new Variables(this);
    this.functions = new UserFunctions(this);
    this.references = new References(this);
    this.extensions = new Extensions(this, setup.extensionConfigs);
    const own = new Scope(this, { place: 'other' });
    this.scope = setup.outerScope?.around(own.atPlace('resourceBody')) ?? own;
    if (setup.outerScope === undefined) this.parameters.bindAll();
    else setup.outerScope.level.outerScopeLevels.push(this);
  }

  /** What `resourceGroup()` and its like answer. */
  get deployment(): DeploymentContext {
    return this.target;
  }

  get resources(): readonly ResourceInstance[] {
    return this.expand().instances;
  }

  /** The resources by what they are called. */
  get names(): ResourceNames {
    const { instances } = this.expand();
    if (this.#names?.instances !== instances) {
      this.#names = { instances, names: new ResourceNames(instances, this.target) };
    }
    return this.#names.names;
  }

  /** Some resources were left out, so that what refers to them must not be blamed. */
  get isIncomplete(): boolean {
    return this.expand().isIncomplete;
  }

  expand(): ExpandedResources {
    if (this.#expanded === undefined) {
      // While it runs, an expression in outer scope may ask for these very resources.
      this.#expanded = notExpanded;
      this.#expanded = expandResources(this);
    }
    return this.#expanded;
  }

  outputs(): ReadonlyMap<string, DeploymentOutput> {
    return this.#evaluatedOutputs().outputs;
  }

  /** Ties outputs that could not be evaluated to an object of the others, so that reading one fails for that reason. */
  withLeftOutOutputs(object: ObjectValue): ObjectValue {
    rememberLeftOut(object, this.#evaluatedOutputs().faults);
    return object;
  }

  /** The template of a nested deployment; undefined when it cannot be had, which is a finding. */
  nestedLevel(deployment: ResourceInstance): TemplateLevel | undefined {
    const known = this.#nested.get(deployment);
    if (known === 'opening') throw circularDependency(deployment.id);
    if (known !== undefined) return known.level;
    this.#nested.set(deployment, 'opening');
    this.run.resources.opened(deployment);
    const leave = this.run.resources.enter(deployment);
    try {
      const level = openNestedLevel(deployment);
      this.#nested.set(deployment, { level });
      return level;
    } finally {
      leave();
    }
  }

  /** Evaluates everything, in order of declaration, and reports what is found. */
  evaluateAll(): DeployedResource[] {
    const dependencies = new Dependencies(this);
    reportDuplicates(this);
    reportNamesakes(this);
    const deployed: DeployedResource[] = [];
    for (const instance of this.resources) {
      if (instance.isDeployed) deployed.push(...this.#deploy(instance, dependencies));
    }
    this.#evaluatedOutputs();
    dependencies.reportCircles();
    this.#checkAsserts();
    return deployed;
  }

  /** What `deployment()` answers. */
  deploymentObject(): Value {
    const properties: [string, Value][] = [
      ['template', this.sections.raw],
      ['templateHash', stringValue(templateHash(this.sections.raw))],
      [
        'parameters',
        objectValue(this.parameters.entries().map(([name, value]) => [name, objectValue([['value', value]])])),
      ],
      ['mode', stringValue('Incremental')],
      ['provisioningState', stringValue('Accepted')],
    ];
    if (this.#templateUri !== undefined) {
      properties.push(['templateLink', objectValue([['uri', stringValue(this.#templateUri)]])]);
    }
    const location: [string, Value][] =
      this.target.scope === 'resourceGroup' ? [] : [['location', stringValue(this.target.location)]];
    return objectValue([['name', stringValue(this.target.name)], ...location, ['properties', objectValue(properties)]]);
  }

  #deploy(instance: ResourceInstance, dependencies: Dependencies): DeployedResource[] {
    const body = instance.body();
    if (instance.isDeployment) return this.nestedLevel(instance)?.evaluateAll() ?? [];
    const location = getValue(body, 'location');
    const { id, type, name, parts, origin } = instance;
    this.#size.addResource(id, textLengthOf(body), origin);
    return [
      {
        id,
        type,
        name,
        apiVersion: parts.apiVersion,
        location: location?.kind === 'String' ? location.value : undefined,
        body,
        deploymentPath: this.path,
        scope: parts.target.scope,
        symbolicName: parts.symbolicName,
        origin,
        dependsOn: dependencies.effectiveIdsOf(instance),
      },
    ];
  }

  #evaluatedOutputs(): EvaluatedOutputs {
    if (this.#outputs === undefined) {
      this.#outputs = evaluateOutputs(this);
      for (const { value } of this.#outputs.outputs.values()) this.#size.add(textLengthOf(value), value.origin);
    }
    return this.#outputs;
  }

  #checkAsserts(): void {
    for (const [name, { value, keySpan }] of this.sections.asserts.members) {
      try {
        const result = value.kind === 'String' ? evaluateString(value, this.scope) : value;
        if (result.kind === 'Boolean' && result.value) continue;
        this.run.findings.report(kinds.assertionFailed, {
          message: `The assertion '${name}' does not hold.`,
          span: keySpan,
        });
      } catch (error) {
        if (!(error instanceof TemplateFault) || error instanceof LimitFault) throw error;
        this.run.findings.fault(error, kinds.assertionFailed, azureFrames.validation, {
          span: keySpan,
          what: `assertion '${name}'`,
        });
      }
    }
  }
}
