import { expect, test } from 'vitest';
import { renderJson } from '../../src/reporters/json.ts';
import { findings, options, placeless, portInvalid, unnamed } from './findings.ts';

test('holds every finding as it is, files and counts', () => {
  expect(JSON.parse(renderJson(findings, options))).toEqual({
    version: '1.2.3',
    files: ['infra/azuredeploy.json', 'infra/clean.json'],
    summary: { error: 1, warning: 1, info: 1 },
    diagnostics: [placeless, unnamed, portInvalid],
  });
});
