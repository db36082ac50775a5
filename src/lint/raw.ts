import type { PathSegment } from '../base/json-path.ts';
import { renderPath } from '../base/json-path.ts';
import type { Span } from '../base/span.ts';
import type { Origin } from '../gateway/model.ts';
import { leftOutFault } from '../template/left-out.ts';
import { holdsMadeUp, isMadeUp, madeUpBy } from '../template/runtime-values/made-up.ts';
import type { Value } from '../template/value.ts';
import { getMember } from '../template/value.ts';

/** Why there is no value: nothing was written, it could not be evaluated, or it is part of what nobody told. */
type Absence = 'notWritten' | 'leftOut' | 'notTold';

/**
 * A value of the resource as written, or the place where it would stand. Reading a member that is absent gives a `Raw`
 * without a value that still knows its path and the nearest place in the text, so that a rule can report it.
 */
export class Raw implements Origin {
  readonly value: Value | undefined;
  readonly span: Span | undefined;
  /** What it is a part of, by which step; nothing for the resource itself. */
  readonly #owner: Raw | undefined;
  readonly #step: PathSegment;
  readonly #absence: Absence;
  #followed: Map<string, Raw> | undefined;

  constructor(
    value: Value | undefined,
    outer?: Span,
    owner?: Raw,
    step: PathSegment = '',
    absence: Absence = 'notWritten',
  ) {
    this.value = value;
    this.span = value?.origin ?? outer;
    this.#owner = owner;
    this.#step = step;
    this.#absence = absence;
  }

  /** Whether something stands here that could not be evaluated, which has been reported. */
  get isLeftOut(): boolean {
    return this.#absence === 'leftOut';
  }

  get path(): string {
    const steps: PathSegment[] = [];
    for (let raw: Raw = this; raw.#owner !== undefined; raw = raw.#owner) steps.unshift(raw.#step);
    return renderPath(steps);
  }

  /** Whether something other than null was written. Azure takes null for absent. */
  get isGiven(): boolean {
    return this.isLeftOut || (this.value !== undefined && this.value.kind !== 'Null');
  }

  /** Whether the template does not tell the value: nothing can be held against it. */
  get isUncertain(): boolean {
    if (this.value === undefined) return this.#absence !== 'notWritten';
    return this.isLeftOut || isMadeUp(this.value);
  }

  /** Whether that goes for it or for any part of it. */
  get holdsUncertain(): boolean {
    return this.isUncertain || (this.value !== undefined && holdsMadeUp(this.value));
  }

  /** Whether the value comes from Azure when it deploys, and not from the template. */
  get isOfRunTime(): boolean {
    return this.value !== undefined && madeUpBy(this.value)?.source.kind === 'resource';
  }

  get text(): string | undefined {
    return this.value?.kind === 'String' ? this.value.value : undefined;
  }

  /** Azure takes a number in quotes for a number. */
  get integer(): number | undefined {
    if (this.value?.kind === 'Integer') return Number(this.value.value);
    return this.text !== undefined && /^\d{1,15}$/.test(this.text) ? Number(this.text) : undefined;
  }

  get boolean(): boolean | undefined {
    if (this.value?.kind === 'Boolean') return this.value.value;
    const text = this.text?.toLowerCase();
    return text === 'true' || text === 'false' ? text === 'true' : undefined;
  }

  /** Whether a secure parameter or a key went into it. */
  get isSecret(): boolean {
    return this.value?.secret === true;
  }

  /** The member with that name, whatever its letter case. */
  member(name: string): Raw {
    const { value } = this;
    const member = value?.kind === 'Object' ? getMember(value, name) : undefined;
    if (member !== undefined) return new Raw(member.value, this.span, this, member.key);
    const isLeftOut = value?.kind === 'Object' && leftOutFault(value, name) !== undefined;
    return new Raw(undefined, this.span, this, name, isLeftOut ? 'leftOut' : this.#absenceOfParts);
  }

  /** The member reached through all these names. */
  at(...names: readonly string[]): Raw {
    let raw: Raw = this;
    for (const name of names) raw = raw.member(name);
    return raw;
  }

  /** The item of an array; negative numbers are not counted from the end. */
  item(index: number): Raw {
    const value = this.value?.kind === 'Array' ? this.value.items[index] : undefined;
    if (value !== undefined) return new Raw(value, this.span, this, index);
    return new Raw(undefined, this.span, this, index, this.#absenceOfParts);
  }

  get #absenceOfParts(): Absence {
    if (this.isLeftOut) return 'leftOut';
    return this.isUncertain ? 'notTold' : 'notWritten';
  }

  /** The items of an array; none for anything else. */
  items(): readonly Raw[] {
    return this.value?.kind === 'Array' ? this.value.items.map((_, index) => this.item(index)) : [];
  }

  /** The members of an object by name; none for anything else. */
  members(): readonly (readonly [string, Raw])[] {
    if (this.value?.kind !== 'Object') return [];
    return Array.from(this.value.members.keys(), (name) => [name, this.member(name)] as const);
  }

  /** Follows a path such as `properties.httpListeners[0]`. */
  follow(path: string): Raw {
    this.#followed ??= new Map();
    const known = this.#followed.get(path) ?? this.#walk(path);
    this.#followed.set(path, known);
    return known;
  }

  /** Takes the last step from where the others lead, which many paths have in common. */
  #walk(path: string): Raw {
    if (path === '') return this;
    const isQuoted = path.endsWith("']");
    if (isQuoted || path.endsWith(']')) {
      const start = path.lastIndexOf(isQuoted ? "['" : '[');
      const owner = this.follow(path.slice(0, start));
      return isQuoted ? owner.member(path.slice(start + 2, -2)) : owner.item(Number(path.slice(start + 1, -1)));
    }
    const dot = path.lastIndexOf('.');
    return dot === -1 ? this.member(path) : this.follow(path.slice(0, dot)).member(path.slice(dot + 1));
  }
}
