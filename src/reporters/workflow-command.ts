import { printable } from '../base/printable.ts';

/** GitHub shows at most so many annotations of each kind for one step. */
export const annotationLimit = 10;

/**
 * A workflow command, which GitHub turns into an annotation.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function workflowCommand(
  command: 'error' | 'warning' | 'notice',
  properties: readonly (readonly [name: string, value: string | number])[],
  message: string,
): string {
  const rendered = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  return `::${command} ${rendered}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
