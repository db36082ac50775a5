import { foldCase, sameName } from '../base/case-insensitive-map.ts';
import type { Clock } from '../base/clock.ts';
import type { Span } from '../base/span.ts';
import type { DeploymentContext } from './deployment-context.ts';
import type { EvaluationContext, ListRequest, ReferenceRequest } from './evaluation-context.ts';
import type { ExpressionScope } from './expression/expression-scope.ts';
import { misplacedFault } from './functions/function-fault.ts';
import type { Budget } from './limits.ts';
import type { ExternalInputs } from './parameters/external-inputs.ts';
import { settle } from './runtime-values/settle.ts';
import { TemplateFault } from './template-fault.ts';
import type { TemplateLevel } from './template-level.ts';
import { getValue, type Value } from './value.ts';

/** One turn of a copy loop; the loop around it is `outer`. */
interface Turn {
  readonly kind: LoopKind;
  readonly name: string;
  readonly index: number;
  readonly outer: Turn | undefined;
}

/**
 * Loops over resources and outputs are what `copyIndex()` counts; those over properties and variables answer to their
 * names only, so that a property's loop inside a resource's can read both.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-properties#syntax
 */
type LoopKind = 'resource' | 'output' | 'namedOnly';

interface LambdaFrame {
  readonly variables: ReadonlyMap<string, Value>;
  readonly outer: LambdaFrame | undefined;
}

/** The user-defined function whose body is being evaluated. */
export interface FunctionFrame {
  readonly name: string;
  /** By upper-case name. */
  readonly args: ReadonlyMap<string, Value>;
  readonly outer: FunctionFrame | undefined;
}

interface ScopeParts {
  readonly place: EvaluationContext['place'];
  readonly turn?: Turn | undefined;
  readonly lambda?: LambdaFrame | undefined;
  readonly functionFrame?: FunctionFrame | undefined;
  readonly nestedScope?: Scope | undefined;
  readonly externalInputs?: ExternalInputs | undefined;
}

/** What is visible from a place in a template. Immutable: entering a loop or a function makes a new one. */
export class Scope implements ExpressionScope {
  readonly level: TemplateLevel;
  readonly #parts: ScopeParts;

  constructor(level: TemplateLevel, parts: ScopeParts) {
    this.level = level;
    this.#parts = parts;
  }

  get place(): EvaluationContext['place'] {
    return this.#parts.place;
  }

  get deployment(): DeploymentContext {
    return this.level.deployment;
  }

  get clock(): Clock {
    return this.level.run.clock;
  }

  get budget(): Budget {
    return this.level.run.budget;
  }

  get functionFrame(): FunctionFrame | undefined {
    return this.#parts.functionFrame;
  }

  /** The own scope of a nested template whose expressions are evaluated here, in the scope around it. */
  get nestedScope(): Scope | undefined {
    return this.#parts.nestedScope;
  }

  around(nestedScope: Scope): Scope {
    return new Scope(this.level, { ...this.#parts, place: 'resourceBody', nestedScope });
  }

  atPlace(place: EvaluationContext['place']): Scope {
    return place === this.place ? this : new Scope(this.level, { ...this.#parts, place });
  }

  /** In a turn of a loop over resources. */
  inResourceLoop(name: string, index: number): Scope {
    return this.#inTurn('resource', name, index);
  }

  /** In a turn of a loop over an output. */
  inOutputLoop(name: string, index: number): Scope {
    return this.#inTurn('output', name, index);
  }

  /** In a turn of a loop over a property or variable. */
  inPropertyLoop(name: string, index: number): Scope {
    return this.#inTurn('namedOnly', name, index);
  }

  withLambdaVariables(variables: ReadonlyMap<string, Value>): Scope {
    return new Scope(this.level, { ...this.#parts, lambda: { variables, outer: this.#parts.lambda } });
  }

  parameter(name: string): Value {
    const frame = this.#parts.functionFrame;
    if (frame === undefined) return this.#read('parameters', name);
    const value = frame.args.get(foldCase(name));
    if (value !== undefined) return value;
    throw new TemplateFault(
      `The template parameter '${name}' is not found. The function '${frame.name}' sees its own parameters only. Please see https://aka.ms/arm-syntax-functions for usage details.`,
    );
  }

  variable(name: string): Value {
    // https://learn.microsoft.com/azure/azure-resource-manager/templates/parameters#default-value
    if (this.place === 'parameterDefault') {
      throw misplacedFault('variables', 'The default value of a parameter can use other parameters, but no variables.');
    }
    return this.#read('variables', name);
  }

  externalInput(key: string): Value {
    const { externalInputs } = this.#parts;
    if (externalInputs !== undefined) return externalInputs.value(key);
    throw misplacedFault('externalInputs', 'Only parameter files that Bicep compiled take external inputs.');
  }

  extension(alias: string): Value {
    return this.level.extensions.value(alias);
  }

  lambdaVariable(name: string): Value {
    for (let frame = this.#parts.lambda; frame !== undefined; frame = frame.outer) {
      for (const [known, value] of frame.variables) if (sameName(known, name)) return value;
    }
    throw new TemplateFault(`The lambda variable '${name}' is not defined by any lambda around it.`);
  }

  copyIndex(loopName: string | undefined): number | undefined {
    for (let turn = this.#parts.turn; turn !== undefined; turn = turn.outer) {
      if (loopName === undefined ? turn.kind !== 'namedOnly' : sameName(turn.name, loopName)) return turn.index;
    }
    return undefined;
  }

  deploymentObject(): Value {
    return this.level.deploymentObject();
  }

  reference(request: ReferenceRequest): Value {
    return this.level.references.reference(request);
  }

  references(symbol: string, full: boolean, site: Span | undefined): Value {
    this.#checkReferences();
    return this.level.references.loop(symbol, full, site);
  }

  list(request: ListRequest): Value {
    return this.level.references.list(request);
  }

  unknownAnswer(request: Omit<ListRequest, 'apiVersion'>): Value {
    return this.level.references.unknownAnswer(request);
  }

  resourceInfo(symbol: string, site: Span | undefined): Value {
    return this.level.references.resourceInfo(symbol, site);
  }

  newGuid(): string {
    return this.level.run.newGuid();
  }

  callUserFunction(namespace: string, name: string, args: readonly Value[]): Value {
    return this.level.functions.call({ namespace, name, args, caller: this.#parts.functionFrame });
  }

  settle(value: Value, site: Span | undefined): Value {
    const { run } = this.level;
    return settle(value, site, run.options.placeholders, run.findings);
  }

  /** In outer scope, what the nested template declares itself is out of sight. */
  #read(section: 'parameters' | 'variables', name: string): Value {
    try {
      return this.level[section].value(name);
    } catch (error) {
      const own = this.#parts.nestedScope?.level.sections[section];
      if (!(error instanceof TemplateFault) || own === undefined || getValue(own, name) === undefined) throw error;
      if (getValue(this.level.sections[section], name) !== undefined) throw error;
      throw error.with({
        hint: `The nested template has '${name}', but is evaluated with the ${section} around it; to use its own, set properties.expressionEvaluationOptions.scope to 'inner'.`,
      });
    }
  }

  /** https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#references */
  #checkReferences(): void {
    if (!this.level.sections.hasSymbolicNames) {
      throw misplacedFault('references', "It takes symbolic names, which need a 'languageVersion' of 2.0.");
    }
    for (let turn = this.#parts.turn; turn !== undefined; turn = turn.outer) {
      if (turn.kind === 'resource') throw misplacedFault('references', 'Resources with a loop cannot call it.');
    }
  }

  #inTurn(kind: LoopKind, name: string, index: number): Scope {
    return new Scope(this.level, { ...this.#parts, turn: { kind, name, index, outer: this.#parts.turn } });
  }
}
