import { expect, test } from 'vitest';
import { type Breakage, judgeBroken, judgeWhole, type TestRunReport } from './judge-test-run.ts';

const breakage: Breakage = {
  what: 'another path',
  replace: 'a',
  with: 'b',
  fails: 'images',
  says: "'/image/*' does not match",
};

function report(failed: Readonly<Record<string, string>>): TestRunReport {
  const tests = ['images', 'videos'].map((name) => {
    const why = failed[name];
    if (why === undefined) return { name, outcome: 'passed' as const, failures: [] };
    return { name, outcome: 'failed' as const, failures: [{ actual: "'web'", reasons: [{ why }] }] };
  });
  return { files: [{ tests }] };
}

const right = "Path rule 'images' not chosen: '/image/*' does not match '/images/a'.";

test.each([
  [{}, 'with another path: no test noticed'],
  [{ images: right }, null],
  [{ videos: right }, `with another path: 'videos' 'web' ${right} failed, not 'images'`],
  [
    { images: right, videos: right },
    `with another path: 'images' 'web' ${right}; 'videos' 'web' ${right} failed, not 'images'`,
  ],
  [{ images: 'It is so.' }, `with another path: nobody says "'/image/*' does not match", but: 'web' It is so.`],
])('of a broken template with the failures %j is said: %j', (failed, complaint) => {
  expect(judgeBroken(report(failed), breakage)).toBe(complaint);
});

test('of a whole template every test has to pass', () => {
  expect(judgeWhole(report({}))).toBeNull();
  expect(judgeWhole(report({ videos: 'No.' }))).toBe("does not pass: 'videos' 'web' No.");
});
