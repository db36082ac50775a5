import { expect, test } from 'vitest';
import { notEmulatedFeatures, supportedFeatures } from '../../src/gateway/support.ts';

test('every feature is in the table once', () => {
  const names = supportedFeatures.map(({ feature }) => feature);
  expect(new Set(names).size).toBe(names.length);
});

test('what a gateway names at start-up is in the table as not emulated', () => {
  for (const { feature } of notEmulatedFeatures) {
    expect(supportedFeatures.find((row) => row.feature === feature)?.state).toBe('not emulated');
  }
});

test.each(supportedFeatures)('$feature has a consequence that is a sentence', ({ consequence }) => {
  expect(consequence).toMatch(/^[A-Z].*\.$/);
});
