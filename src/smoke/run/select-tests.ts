import { EmulatorError } from '../../base/errors.ts';
import type { TestCase } from '../format/test-file.ts';

/** Which tests are run. */
export interface Selection {
  /** A part of the name, or a `/pattern/`. */
  readonly filter?: string | undefined;
  /** Tests with one of these tags; those with a tag that is written `!tag` are left out. */
  readonly tags?: readonly string[] | undefined;
}

/** Whether a test is meant, whatever `only` and `skip` say about it. */
export function isSelected({ name, tags }: TestCase, { filter, tags: wanted = [] }: Selection): boolean {
  const unwanted = wanted.filter((tag) => tag.startsWith('!')).map((tag) => tag.slice(1));
  const needed = wanted.filter((tag) => !tag.startsWith('!'));
  if (tags.some((tag) => unwanted.includes(tag))) return false;
  if (needed.length > 0 && !tags.some((tag) => needed.includes(tag))) return false;
  return filter === undefined || matchesName(name, filter);
}

/** @throws EmulatorError `InvalidOption` when the filter is a pattern that cannot be used */
export function checkSelection({ filter }: Selection): void {
  if (filter === undefined) return;
  try {
    matchesName('', filter);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new EmulatorError('InvalidOption', `The filter ${filter} cannot be used: ${cause.message}.`, {
      hint: 'Without slashes around it, it is taken as a plain text.',
      cause,
    });
  }
}

function matchesName(name: string, filter: string): boolean {
  const [, source, flags] = /^\/(.+)\/([imsu]*)$/.exec(filter) ?? [];
  if (source !== undefined) return new RegExp(source, flags).test(name);
  return name.toLowerCase().includes(filter.toLowerCase());
}
