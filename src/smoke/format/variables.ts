import type { PathSegment } from '../../base/json-path.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { Problem } from '../../base/problem.ts';
import { isRecord } from '../../input/shape.ts';
import type { Variables } from './test-file.ts';

/** `${name}`; `$${` stands for `${` itself. */
const reference = /\$(\$\{)|\$\{([^}]*)\}/g;

/** A copy of a value with all variables in its texts filled in. Those without a value stay as they are. */
export function fillVariables<T>(value: T, variables: Variables): T {
  return fill(value, variables) as T;
}

function fill(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return fillText(value, variables);
  if (Array.isArray(value)) return value.map((item) => fill(item, variables));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [fillText(key, variables), fill(item, variables)]),
  );
}

function fillText(text: string, variables: Variables): string {
  if (!text.includes('${')) return text;
  return text.replace(reference, (whole, escaped: string | undefined, name: string) =>
    escaped === undefined ? (ownValue(variables, name) ?? whole) : escaped,
  );
}

function ownValue(variables: Variables, name: string): string | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}

/** Names of variables that have no value where they are used. */
export function unknownVariables(value: unknown, path: readonly PathSegment[], known: ReadonlySet<string>): Problem[] {
  if (typeof value === 'string') return unknownInText(value, path, known);
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownVariables(item, [...path, index], known));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => unknownVariables(item, [...path, key], known));
}

function unknownInText(text: string, path: readonly PathSegment[], known: ReadonlySet<string>): Problem[] {
  return [...text.matchAll(reference)].flatMap(([, escaped, name = '']) => {
    if (escaped !== undefined || known.has(name)) return [];
    const nearest = nearestName(name, known);
    const all = known.size === 0 ? 'none are defined here' : `defined here: ${[...known].join(', ')}`;
    const hint = nearest === undefined ? `Write $\${ for the two characters; ${all}.` : `Did you mean '${nearest}'?`;
    return [{ path, message: `There is no variable '${name}' at this point.`, hint }];
  });
}
