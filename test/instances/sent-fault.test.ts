import { deserialize, serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { EmulatorError } from '../../src/base/errors.ts';
import { Instance } from '../../src/instances/instance.ts';
import type { FromInstance, ToInstance } from '../../src/instances/messages.ts';
import { faultToSend, receivedFault } from '../../src/instances/sent-fault.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';

/** What the process that listens makes of a fault in another one. */
function afterSending(fault: unknown): Error {
  return receivedFault(deserialize(serialize(faultToSend(fault))));
}

test('what the caller did wrong is known as that in the other process', () => {
  const fault = afterSending(new EmulatorError('FileUnreadable', "There is no 'a.pem'.", { hint: 'Name another.' }));
  expect(fault).toBeInstanceOf(EmulatorError);
  expect(fault).toMatchObject({ code: 'FileUnreadable', message: "There is no 'a.pem'.", hint: 'Name another.' });
});

test('a mistake of ours stays one, and tells where it happened', () => {
  const fault = afterSending(new TypeError('x is not a function'));
  expect(fault).not.toBeInstanceOf(EmulatorError);
  expect(fault.message).toBe('TypeError: x is not a function');
  expect(fault.stack).toContain('sent-fault.test.ts');
});

test('an instance that cannot read a file tells so', async () => {
  const start: ToInstance = {
    kind: 'start',
    id: 1,
    number: 1,
    options: { certificates: { authority: '/nowhere/ca.pem' } },
    assignment: {
      gateway: makeGateway({ listeners: [{ name: 'site', protocol: 'Https' }], rules: [{}] }),
      places: new Map(),
      backends: [],
      authority: null,
      down: [],
    },
    logs: [],
  };
  const answer = await new Promise<FromInstance>((resolve) => {
    new Instance((message) => message.kind === 'done' && resolve(message)).receive(start, undefined);
  });
  expect(answer).toMatchObject({ kind: 'done', id: 1, fault: { code: 'FileUnreadable' } });
});
