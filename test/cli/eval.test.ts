import { expect, test } from 'vitest';
import { runAgate } from './run-agate.ts';

const example = 'fixtures/example/azuredeploy.json';

test('agate eval --resource with a misspelt type prints an empty list, and the type that was meant', async () => {
  const result = await runAgate(['eval', example, '--resource', 'Microsoft.Network/aplicationGateways']);
  expect(result.status).toBe(0);
  expect(JSON.parse(result.stdout)).toEqual([]);
  expect(result.stderr).toContain("No resource of type 'Microsoft.Network/aplicationGateways' is deployed.");
  expect(result.stderr).toContain("Did you mean 'Microsoft.Network/applicationGateways'?");
});

test('agate eval --resource with a type of another kind lists the types that are deployed', async () => {
  const result = await runAgate(['eval', example, '--resource', 'nope']);
  expect(result.stderr).toMatch(/Known here: .*Microsoft\.Network\/applicationGateways/);
});

test('agate eval --resource finds a type in any letter case and has nothing to tell', async () => {
  const result = await runAgate(['eval', example, '--resource', 'microsoft.network/APPLICATIONGATEWAYS']);
  expect(JSON.parse(result.stdout)).toHaveLength(1);
  expect(result.stderr).toBe('');
});
