import type { Explanation } from '../routing/explain.ts';
import type { DecisionStep } from '../routing/route.ts';
import type { Io } from './io.ts';
import { painterFor } from './painter.ts';

const marks: Readonly<Record<DecisionStep['outcome'], string>> = {
  next: '→',
  respond: '■',
  reroute: '↻',
  'passed over': '·',
};

/** An explanation for people: where the request goes, then each step with its reason. */
export function renderExplanation(explanation: Explanation, io: Io): string {
  const painter = painterFor(io.stdout, io.env);
  const { redirect } = explanation;
  const facts: readonly (readonly [string, string | null])[] = [
    ['listener', explanation.listener],
    ['rule', explanation.rule],
    ['path rule', explanation.pathRule],
    ['redirect', redirect && `${redirect.status} ${redirect.location}`],
    ['pool', explanation.pool],
    ['settings', explanation.settings],
    ['sent to', explanation.backendUrl],
    ['answer', redirect || explanation.status === null ? null : String(explanation.status)],
  ];
  const summary = facts.flatMap(([name, value]) =>
    value === null ? [] : [`${painter.faint(name.padEnd(9))}  ${painter.strong(value)}`],
  );
  const steps = explanation.steps.map(({ stage, outcome, why }) => {
    const line = `${marks[outcome]} ${stage.padEnd(8)}  ${why}`;
    return outcome === 'passed over' ? painter.faint(line) : line;
  });
  const headers = Object.entries(explanation.requestHeaders ?? {}).map(
    ([name, value]) => `  ${painter.faint(`${name}:`)} ${value}`,
  );
  const received = headers.length === 0 ? [] : ['', 'The backend receives', ...headers];
  return [...summary, '', ...steps, ...received].join('\n');
}
