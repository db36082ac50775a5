import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  complaintsAbout,
  complaintsOf,
  gatewayOf,
  namesOf,
  readFixture,
  runTests,
  smokeFixtures,
} from './run-fixture.ts';

/** A change to a template that spoils it, the tests that have to notice, and what they have to say. */
interface Breakage {
  readonly what: string;
  readonly replace: string;
  readonly with: string;
  readonly fails: string | readonly string[];
  readonly says: string;
}

const names = readdirSync(smokeFixtures);
const breakages = names.flatMap((name) =>
  (parse(readFileSync(`${smokeFixtures}${name}/broken.yaml`, 'utf8')) as Breakage[]).map(
    (breakage) => [name, breakage.what, breakage] as const,
  ),
);

test.each(names)('the tests of %s pass', async (name) => {
  const result = await runTests(
    gatewayOf(await readFixture(name, 'gateway.json')),
    await readFixture(name, 'gateway.test.yaml'),
  );
  expect(complaintsOf(result)).toEqual([]);
  expect(namesOf(result, 'passed')).toHaveLength(result.file.tests.length);
});

test.each(breakages)('%s with %s: exactly the right test fails, and names the cause', async (name, _what, breakage) => {
  const good = await readFixture(name, 'gateway.json');
  expect(good).toContain(breakage.replace);
  const result = await runTests(
    gatewayOf(good.replace(breakage.replace, breakage.with)),
    await readFixture(name, 'gateway.test.yaml'),
  );
  expect(namesOf(result, 'failed')).toEqual([breakage.fails].flat());
  const [failed] = result.cases.filter(({ outcome }) => outcome === 'failed');
  expect(failed && complaintsAbout(failed)).toContainEqual(expect.stringContaining(breakage.says));
});
