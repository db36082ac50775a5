import { CaseInsensitiveMap } from '../base/case-insensitive-map.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Result } from '../base/diagnostic.ts';
import { SourceText } from '../base/span.ts';
import { azureFrames } from './azure-messages.ts';
import { type DeploymentContext, defaultDeploymentContext } from './deployment-context.ts';
import { kinds } from './diagnostics.ts';
import { evaluateString } from './evaluate-string.ts';
import type { DeployedResource, EvaluatedDeployment } from './evaluated-deployment.ts';
import { EvaluationRun } from './evaluation-run.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { type LinkedTemplates, noLinkedTemplates } from './nested/linked-templates.ts';
import type { SuppliedParameters } from './parameters/supplied-parameters.ts';
import { TemplateFault } from './template-fault.ts';
import { TemplateLevel } from './template-level.ts';
import { readTemplateSections } from './template-sections.ts';
import { type ObjectValue, objectValue, stringValue, type Value } from './value.ts';

export interface EvaluateTemplateInput {
  /** As `readJson` returns it, or `fromJson` of an object. */
  readonly template: Value;
  /** From `parametersFromJson`, `readParametersFile` and so on; several joined by `mergeParameters`. */
  readonly parameters?: SuppliedParameters | undefined;
  /** Where Azure would deploy to; the scope follows from the template's `$schema` unless it is given. */
  readonly context?: Partial<DeploymentContext> | undefined;
  readonly clock?: Clock | undefined;
  readonly linkedTemplates?: LinkedTemplates | undefined;
  /** How the extensions of the template are configured, by alias: `{ name: { value } }`. */
  readonly extensionConfigs?: ObjectValue | undefined;
  /** Values for Key Vault references, by `vault/secret` or `vault/secret/version`. */
  readonly secrets?: CaseInsensitiveMap<string> | undefined;
  /**
   * What `reference()` and `list*()` answer about resources, by resource ID, `Type/name`, name or symbolic name: the
   * resource's properties, or the whole resource when it has a member `properties`; answers of a `list*` function under
   * the function's name.
   */
  readonly references?: CaseInsensitiveMap<Value> | undefined;
  /** Give parameters without a value one of their type, with a finding. */
  readonly standIns?: boolean | undefined;
  /** Let made-up values stand for what only Azure knows, with a finding, instead of leaving properties out. */
  readonly placeholders?: boolean | undefined;
  /** From this text follow the GUIDs of `newGuid()`. */
  readonly seed?: string | undefined;
  /** What `deployment().properties.templateLink.uri` answers; a template given as a file has none in Azure. */
  readonly templateUri?: string | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/**
 * Evaluates a template as Azure Resource Manager would, without Azure. Never throws for what a template contains: every
 * fault is a finding with its place, and the rest is evaluated all the same.
 *
 * @example
 * const { value } = readJson(new SourceText('azuredeploy.json', text));
 * const { value: deployment, diagnostics } = evaluateTemplate({ template: value, standIns: true });
 */
export function evaluateTemplate(input: EvaluateTemplateInput): Result<EvaluatedDeployment> {
  const run = startRun(input);
  const deployment = guard(run, emptyDeployment, () => {
    const level = openRoot(input, run);
    if (level === undefined) return emptyDeployment;
    // What was evaluated before a limit was reached is no basis for anything, so there are all resources or none.
    const resources: readonly DeployedResource[] = level.evaluateAll();
    return { resources, outputs: level.outputs() };
  });
  return { value: deployment, diagnostics: run.findings.diagnostics };
}

/**
 * Evaluates one expression, or text, as if it stood in an output of the template; undefined when it cannot be.
 *
 * @param text as `[variables('x')]`; findings about it name the file `<expression>`
 */
export function evaluateInTemplate(input: EvaluateTemplateInput, text: string): Result<Value | undefined> {
  const source = new SourceText('<expression>', text);
  const expression = stringValue(text, { source, offset: 0, length: text.length });
  const run = startRun(input);
  const value = guard<Value | undefined>(run, undefined, () => {
    const level = openRoot(input, run);
    return level === undefined ? undefined : evaluateString(expression, level.scope.atPlace('resourceBody'));
  });
  return { value, diagnostics: run.findings.diagnostics };
}

const emptyDeployment: EvaluatedDeployment = { resources: [], outputs: new Map() };

function startRun(input: EvaluateTemplateInput): EvaluationRun {
  return new EvaluationRun({
    clock: input.clock ?? systemClock,
    limits: { ...defaultLimits, ...input.limits },
    options: {
      standIns: input.standIns ?? false,
      placeholders: input.placeholders ?? false,
      seed: input.seed ?? 'agate',
    },
    linkedTemplates: input.linkedTemplates ?? noLinkedTemplates,
    secrets: input.secrets ?? new CaseInsensitiveMap(),
    references: input.references ?? new CaseInsensitiveMap(),
  });
}

function openRoot(input: EvaluateTemplateInput, run: EvaluationRun): TemplateLevel | undefined {
  const { template } = input;
  if (template.kind !== 'Object') {
    run.findings.report(kinds.invalidTemplate, {
      message: `Template validation failed: A template must be a JSON object; this one is of type '${template.kind}'.`,
      span: template.origin,
    });
    return undefined;
  }
  const sections = readTemplateSections(template, run.findings, run.budget.limits);
  const scope = input.context?.scope ?? sections.scope ?? defaultDeploymentContext.scope;
  return new TemplateLevel({
    run,
    sections,
    supplied: input.parameters ?? new CaseInsensitiveMap(),
    extensionConfigs: input.extensionConfigs ?? objectValue([]),
    target: { ...defaultDeploymentContext, ...input.context, scope },
    path: [],
    outerScope: undefined,
    // Relative links of a template that came as an object start nowhere in particular.
    location: template.origin?.source.name ?? '',
    templateUri: input.templateUri,
  });
}

/** Whatever is thrown while a template is evaluated lies in the template: it becomes a finding. */
function guard<T>(run: EvaluationRun, otherwise: T, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateFault) {
      run.findings.fault(error, kinds.invalidExpression, azureFrames.evaluation, { what: 'the template' });
      return otherwise;
    }
    if (!isStackOverflow(error)) throw error;
    run.findings.report(kinds.limitExceeded, { message: 'Evaluation stopped: the template nests too deeply.' });
    return otherwise;
  }
}

/** V8 reports a full stack as a RangeError; the limits are meant to be reached before. */
function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}
