import { variableReader } from './read-variable.ts';
import type { RewriteContext } from './rewrite-context.ts';

/** What a value is rendered from while one rewrite rule runs. */
export interface ValueScope {
  readonly context: RewriteContext;
  /** Of each condition of the rule; null for those that captured nothing. */
  readonly captures: readonly (readonly string[] | null)[];
  /** Of the action's own matcher for lines of `Set-Cookie`. */
  readonly matcherCapture: readonly string[] | null;
}

type ValuePart = string | ((scope: ValueScope) => string);

/** The value of an action, parsed once: literal text and what is to be filled in. */
export interface ValueTemplate {
  readonly parts: readonly ValuePart[];
  /** Indexes of the conditions whose captures it uses. */
  readonly usedConditions: readonly number[];
  /** Names of placeholders that stand for nothing Azure knows. */
  readonly unknownVariables: readonly string[];
}

const placeholder = /\{((?:var_|http_req_|http_resp_|capt_header_value_matcher)[^{}]*)\}/g;
const matcherCapture = /^capt_header_value_matcher(?:_(\d+))?$/;

/**
 * Parses the value of an action. `{var_uri_path}` stands for a value, `{var_uri_path_1}` for the first group of the
 * condition on that variable; other text in braces is text.
 *
 * @param conditionVariables the variables of the rule's conditions; captures spell them in the same case
 */
export function parseValueTemplate(text: string, conditionVariables: readonly string[]): ValueTemplate {
  const parts: ValuePart[] = [];
  const usedConditions: number[] = [];
  const unknownVariables: string[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholder)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    end = match.index + match[0].length;
    const name = match[1] ?? '';
    const group = findGroup(name, conditionVariables);
    if (group !== undefined) usedConditions.push(group.condition);
    const read = group === undefined ? plainReader(name) : groupReader(group);
    if (read === undefined) unknownVariables.push(name);
    else parts.push(read);
  }
  if (end < text.length) parts.push(text.slice(end));
  return { parts, usedConditions, unknownVariables };
}

interface Group {
  readonly condition: number;
  readonly group: number;
}

function findGroup(name: string, conditionVariables: readonly string[]): Group | undefined {
  const numbered = /^(.+)_(\d+)$/.exec(name);
  if (numbered === null) return undefined;
  // Of several conditions on one variable the last one counts.
  const condition = conditionVariables.lastIndexOf(numbered[1] ?? '');
  return condition === -1 ? undefined : { condition, group: Number(numbered[2]) };
}

function groupReader({ condition, group }: Group): ValuePart {
  return ({ captures }) => captures[condition]?.[group] ?? '';
}

function plainReader(name: string): ValuePart | undefined {
  const ofMatcher = matcherCapture.exec(name);
  if (ofMatcher !== null) {
    const group = Number(ofMatcher[1] ?? 0);
    return ({ matcherCapture }) => matcherCapture?.[group] ?? '';
  }
  const read = variableReader(name);
  return read === undefined ? undefined : ({ context }) => read(context);
}

export function renderValue(template: ValueTemplate, scope: ValueScope): string {
  let text = '';
  for (const part of template.parts) text += typeof part === 'string' ? part : part(scope);
  return text;
}
