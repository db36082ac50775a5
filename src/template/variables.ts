import { foldCase, sameName } from '../base/case-insensitive-map.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { Span } from '../base/span.ts';
import { azureFrames, framed } from './azure-messages.ts';
import { expandPropertyLoops, isPropertyLoops } from './copy/property-loops.ts';
import { kinds } from './diagnostics.ts';
import { evaluateValue } from './evaluate-value.ts';
import { withinSize } from './expression/value-weight.ts';
import { Scope } from './scope.ts';
import { LimitFault, TemplateFault } from './template-fault.ts';
import type { TemplateLevel } from './template-level.ts';
import { type ArrayValue, getValue, type Value } from './value.ts';

interface Definition {
  readonly name: string;
  /** A loop of the section's own `copy` defines the variable of its name. */
  readonly kind: 'value' | 'loop';
  readonly raw: Value;
  readonly keySpan: Span | undefined;
}

type State =
  | { readonly kind: 'evaluating' }
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly fault: TemplateFault };

/** The variables of one template, each evaluated when it is first used. */
export class Variables {
  readonly #level: TemplateLevel;
  readonly #definitions = new Map<string, Definition>();
  readonly #states = new Map<string, State>();
  /** The variables being evaluated, outermost first, to show a circle. */
  readonly #active: string[] = [];

  constructor(level: TemplateLevel) {
    this.#level = level;
    for (const [name, { value, keySpan }] of level.sections.variables.members) {
      if (sameName(name, 'copy') && isPropertyLoops(value)) this.#defineLoops(value);
      else this.#definitions.set(foldCase(name), { name, kind: 'value', raw: value, keySpan });
    }
  }

  get names(): readonly string[] {
    return Array.from(this.#definitions.values(), ({ name }) => name);
  }

  /** @throws TemplateFault when there is no such variable or it cannot be evaluated */
  value(name: string): Value {
    const definition = this.#definitions.get(foldCase(name));
    if (definition === undefined) throw this.#notFound(name);
    const state = this.#states.get(foldCase(name)) ?? this.#evaluate(definition);
    if (state.kind === 'done') return state.value;
    throw state.kind === 'failed' ? state.fault : this.#circle(definition);
  }

  #defineLoops(loops: ArrayValue): void {
    for (const loop of loops.items) {
      const name = loop.kind === 'Object' ? getValue(loop, 'name') : undefined;
      if (name?.kind === 'String') {
        this.#definitions.set(foldCase(name.value), {
          name: name.value,
          kind: 'loop',
          raw: loop,
          keySpan: name.origin,
        });
      }
    }
  }

  #evaluate(definition: Definition): State {
    const key = foldCase(definition.name);
    this.#states.set(key, { kind: 'evaluating' });
    this.#active.push(definition.name);
    const state = this.#outcome(definition);
    this.#active.pop();
    this.#states.set(key, state);
    return state;
  }

  #outcome({ name, kind, raw, keySpan }: Definition): State {
    const { budget } = this.#level.run;
    const scope = new Scope(this.#level, { place: 'other' });
    try {
      const value = kind === 'loop' ? evaluateLoop(raw, scope) : evaluateValue(raw, scope);
      return { kind: 'done', value: withinSize(value, budget, keySpan) };
    } catch (error) {
      if (!(error instanceof TemplateFault) || error instanceof LimitFault) throw error;
      const fault = error.with({
        message: framed(error, (inner) => azureFrames.variable(name, inner)),
        span: error.span ?? raw.origin ?? keySpan,
        kind: error.kind ?? kinds.invalidVariable,
        isFramed: true,
      });
      return { kind: 'failed', fault };
    }
  }

  #circle({ name, keySpan }: Definition): TemplateFault {
    const chain = [...this.#active.slice(this.#active.findIndex((active) => sameName(active, name))), name];
    return new TemplateFault(
      azureFrames.variable(name, `it is defined by itself: ${chain.map((link) => `'${link}'`).join(' -> ')}`),
      { span: keySpan, kind: kinds.invalidVariable, isFramed: true },
    );
  }

  #notFound(name: string): TemplateFault {
    const nearest = nearestName(name, this.names);
    return new TemplateFault(
      `The template variable '${name}' is not found. Please see https://aka.ms/arm-syntax-variables for usage details.`,
      { hint: nearest === undefined ? undefined : `Did you mean '${nearest}'?` },
    );
  }
}

function evaluateLoop(loop: Value, scope: Scope): Value {
  return expandPropertyLoops(loop, scope, (input, inner) => evaluateValue(input, inner)).value;
}
