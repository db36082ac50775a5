import { stringify } from 'yaml';
import type { RoutingTable } from '../../routing/compile-routing-table.ts';
import { mergeTests } from './merge-tests.ts';
import { type StarterTest, starterTests } from './starter-test.ts';

/** What a test file is written for. */
export interface StarterSource {
  readonly table: RoutingTable;
  /** The table of the same template, evaluated at another time; undefined where there is none. */
  readonly later: RoutingTable | undefined;
  /** The command that runs the tests. */
  readonly command: string;
}

/**
 * The text of a test file with a case for each route of a gateway that a request can take, as a starting point.
 *
 * @returns undefined when a request can take no route at all
 */
export function renderStarterTests({ table, later, command }: StarterSource): string | undefined {
  const tests = starterTests(table);
  if (tests.length === 0) return undefined;
  const again = later === undefined ? [] : starterTests(later);
  const lasting = tests.map((test, index) => mergeTests(test, again[index] ?? test));
  const head = [
    `# ${command}`,
    '#',
    '# A case for each route of the template as it is. Change what is expected to what you want to be sure of;',
    '# docs/test-files.md tells what else can be expected: headers, rewrites, what servers receive, dead servers, WebSocket.',
    ...notesOn(lasting),
    '',
  ];
  return `${head.join('\n')}${stringify({ tests: uniquelyNamed(lasting) }, { lineWidth: 120 })}`;
}

function notesOn(tests: readonly StarterTest[]): readonly string[] {
  if (!tests.some(({ expect }) => expect['errorInfo'] !== undefined)) return [];
  return [
    '# To get past a listener that demands one, add clientCertificate: { certificate: …, key: … } to the request.',
  ];
}

/** Routes of several listeners may read the same. */
function uniquelyNamed(tests: readonly StarterTest[]): readonly StarterTest[] {
  const counts = new Map<string, number>();
  return tests.map((test) => {
    const count = (counts.get(test.name) ?? 0) + 1;
    counts.set(test.name, count);
    return count === 1 ? test : { ...test, name: `${test.name} (${count})` };
  });
}
