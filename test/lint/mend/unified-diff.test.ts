import { expect, test } from 'vitest';
import { unifiedDiff } from '../../../src/lint/mend/unified-diff.ts';

const lines = (...changed: readonly number[]) =>
  Array.from({ length: 20 }, (_, index) =>
    changed.includes(index + 1) ? `LINE ${index + 1}\n` : `line ${index + 1}\n`,
  );

test('there is no diff of what is the same', () => {
  expect(unifiedDiff('a.json', 'a\n', 'a\n')).toBe('');
});

test('shows three lines around, in one piece where they meet', () => {
  expect(unifiedDiff('./a.json', lines().join(''), lines(1, 7, 8, 20).join(''))).toBe(
    `--- a/a.json
+++ b/a.json
@@ -1,11 +1,11 @@
-line 1
+LINE 1
 line 2
 line 3
 line 4
 line 5
 line 6
-line 7
-line 8
+LINE 7
+LINE 8
 line 9
 line 10
 line 11
@@ -17,4 +17,4 @@
 line 17
 line 18
 line 19
-line 20
+LINE 20
`,
  );
});

test('says when the last line has no line break', () => {
  expect(unifiedDiff('a.json', 'a', 'b')).toBe(
    '--- a/a.json\n+++ b/a.json\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n',
  );
});
