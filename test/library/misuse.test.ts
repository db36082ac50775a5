import { expect, test } from 'vitest';
import {
  type ExplainOptions,
  explainRequest,
  type LintOptions,
  lintTemplate,
  type StartOptions,
  startEmulator,
} from '../../src/index.ts';

const template = 'fixtures/example/azuredeploy.json';

// What the compiler refuses comes from JavaScript all the same.
test.each<[unknown, string]>([
  [undefined, "'template' is undefined."],
  [{}, "'template' is undefined."],
  [{ template: null }, "'template' is null."],
  [{ template: 8080 }, "'template' is 8080."],
  [{ template, unmapped: 'mocks' }, "'unmapped' is 'mocks'; allowed: mock, live, down."],
  [{ template, listen: { all: -1 } }, "'all=-1' is no mapping of a port."],
  [{ template, portOffset: '1' }, "'portOffset' is '1'; it should be a whole number."],
  [{ template, backends: { web: 3 } }, "The backend mapping 'web' goes to '3', which is no target."],
])('%j is told of', async (options, message) => {
  await expect(startEmulator(options as StartOptions)).rejects.toMatchObject({ code: 'InvalidOption', message });
});

test.each<[unknown, string]>([
  [undefined, "'template' is undefined."],
  [{ template, rules: { 'no-such-rule': 'off' } }, "There is no rule 'no-such-rule'."],
  [{ template, rules: { AGW6024: 'loud' } }, "'rules' has 'loud' for 'AGW6024'; allowed: off, info, warning, error."],
])('lintTemplate is told %j', async (options, message) => {
  await expect(lintTemplate(options as LintOptions)).rejects.toMatchObject({ code: 'InvalidOption', message });
});

test.each<[unknown, string]>([
  [undefined, "'template' is undefined."],
  [{ template }, "'undefined' is not an http, https, ws or wss URL."],
  [{ template, request: {} }, "'undefined' is not an http, https, ws or wss URL."],
])('explainRequest is told %j', async (options, message) => {
  await expect(explainRequest(options as ExplainOptions)).rejects.toMatchObject({ code: 'InvalidOption', message });
});
