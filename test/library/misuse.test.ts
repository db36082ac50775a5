import { expect, test } from 'vitest';
import { type StartOptions, startEmulator } from '../../src/index.ts';

const template = 'fixtures/example/azuredeploy.json';

// What the compiler refuses comes from JavaScript all the same.
test.each<[unknown, string]>([
  [{}, "'template' is undefined."],
  [{ template: null }, "'template' is null."],
  [{ template: 8080 }, "'template' is 8080."],
  [{ template, unmapped: 'mocks' }, "'unmapped' is 'mocks'; allowed: mock, live, down."],
  [{ template, listen: { all: -1 } }, "'all=-1' is no mapping of a port."],
  [{ template, backends: { web: 3 } }, "The backend mapping 'web' goes to '3', which is no target."],
])('%j is told of', async (options, message) => {
  await expect(startEmulator(options as StartOptions)).rejects.toMatchObject({ code: 'InvalidOption', message });
});
