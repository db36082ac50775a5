import type { Span } from '../base/span.ts';
import { azureFrames } from './azure-messages.ts';
import { evaluateCopyCount } from './copy/copy-count.ts';
import { kinds } from './diagnostics.ts';
import { evaluateString } from './evaluate-string.ts';
import { evaluateValue } from './evaluate-value.ts';
import type { DeploymentOutput } from './evaluated-deployment.ts';
import { withinSize } from './expression/value-weight.ts';
import { checkConstraints } from './parameters/check-constraints.ts';
import { markSecureParts } from './parameters/mark-secure-parts.ts';
import { fitPlaceholder } from './parameters/stand-in.ts';
import { readTypeSchema } from './parameters/type-schema.ts';
import { chosenBy, isMadeUp } from './runtime-values/made-up.ts';
import type { Scope } from './scope.ts';
import { LimitFault, TemplateFault } from './template-fault.ts';
import type { TemplateLevel } from './template-level.ts';
import { arrayValue, getMember, getValue, nullValue, type ObjectValue, type Value } from './value.ts';

export interface EvaluatedOutputs {
  readonly outputs: ReadonlyMap<string, DeploymentOutput>;
  readonly faults: ReadonlyMap<string, TemplateFault>;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/outputs */
export function evaluateOutputs(level: TemplateLevel): EvaluatedOutputs {
  const outputs = new Map<string, DeploymentOutput>();
  const faults = new Map<string, TemplateFault>();
  const scope = level.scope.atPlace('resourceBody');
  for (const [name, { value: declaration, keySpan }] of level.sections.outputs.members) {
    try {
      const output = evaluateOutput(name, declaration, keySpan, level, scope);
      if (output !== undefined) outputs.set(name, output);
    } catch (error) {
      if (!(error instanceof TemplateFault) || error instanceof LimitFault) throw error;
      faults.set(name, error);
      level.run.findings.fault(error, kinds.invalidOutput, (inner) => azureFrames.output(name, keySpan, inner), {
        span: declaration.origin ?? keySpan,
        path: `outputs.${name}`,
        what: `output '${name}'`,
      });
    }
  }
  return { outputs, faults };
}

function evaluateOutput(
  name: string,
  declaration: Value,
  keySpan: Span | undefined,
  level: TemplateLevel,
  scope: Scope,
): DeploymentOutput | undefined {
  if (declaration.kind !== 'Object') {
    throw new TemplateFault("An output must be an object with 'type' and 'value'.", { span: declaration.origin });
  }
  if (!isWanted(declaration, scope)) return undefined;
  const { definitions } = level.sections;
  const schema = readTypeSchema(declaration, definitions);
  const fitting = fitPlaceholder(outputValue(name, declaration, scope), name, schema, definitions);
  const value = markSecureParts(fitting, schema, definitions);
  withinSize(value, level.run.budget, keySpan);
  const [violation] = checkConstraints(value, schema, {
    kind: 'output',
    what: `template output '${name}'`,
    definitions,
  });
  if (violation !== undefined) throw new TemplateFault(violation.message, { span: violation.span });
  return { type: schema.typeText, value };
}

function isWanted(declaration: ObjectValue, scope: Scope): boolean {
  const raw = getValue(declaration, 'condition');
  if (raw === undefined) return true;
  const value = raw.kind === 'String' ? evaluateString(raw, scope) : raw;
  if (value.kind === 'Boolean') return value.value;
  // Nobody told what it depends on; with the output there is more to look at.
  if (isMadeUp(value)) return true;
  throw new TemplateFault(`The 'condition' is of type '${value.kind}'; it must be a Boolean.`, { span: raw.origin });
}

function outputValue(name: string, declaration: ObjectValue, scope: Scope): Value {
  const copy = getMember(declaration, 'copy');
  if (copy !== undefined) return outputLoop(name, copy.value, scope);
  const value = getValue(declaration, 'value');
  if (value !== undefined) return evaluateValue(value, scope);
  const nullable = getValue(declaration, 'nullable');
  if (nullable?.kind === 'Boolean' && nullable.value) return nullValue(declaration.origin);
  throw new TemplateFault("The output has no 'value'.", { span: declaration.origin });
}

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-outputs */
function outputLoop(name: string, copy: Value, scope: Scope): Value {
  const input = copy.kind === 'Object' ? getValue(copy, 'input') : undefined;
  if (copy.kind !== 'Object' || input === undefined) {
    throw new TemplateFault("The loop of an output needs 'count' and 'input'.", {
      span: copy.origin,
      kind: kinds.invalidCopy,
    });
  }
  const count = evaluateCopyCount(getValue(copy, 'count'), name, scope, copy.origin);
  const items = Array.from({ length: count.turns }, (_, index) =>
    evaluateValue(input, scope.inOutputLoop(name, index)),
  );
  return chosenBy(arrayValue(items, input.origin), count.value);
}
