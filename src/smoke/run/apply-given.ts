import { validateHeaderName, validateHeaderValue } from 'node:http';
import { sameName } from '../../base/case-insensitive-map.ts';
import { EmulatorError } from '../../base/errors.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { BackendDescription } from '../../emulator/descriptions.ts';
import type { Emulator } from '../../emulator/emulator.ts';
import type { MockBackend } from '../../mock-backend/mock-backend.ts';
import type { MockDirectives } from '../../mock-backend/mock-directives.ts';
import { millisecondsOf } from '../format/duration.ts';
import type { Given, GivenAnswer } from '../format/test-file.ts';

/**
 * Brings the backends into a state, and gives back what ends it.
 *
 * @throws EmulatorError `InvalidOption` for a member that there is not, or one that cannot be told how to answer
 */
export async function applyGiven(emulator: Emulator, { down, answers }: Given): Promise<() => Promise<void>> {
  const goingDown = down.flatMap((name) => membersNamed(emulator, name));
  const answering = Object.entries(answers).flatMap(([name, answer]) =>
    membersNamed(emulator, name).map((member) => ({ mock: mockOf(emulator, member, name), answer })),
  );
  for (const { mock, answer } of answering) mock.answer = directivesOf(answer);
  await Promise.all(goingDown.map((member) => setState(emulator, member, 'down')));
  return async () => {
    for (const { mock } of answering) mock.answer = mock.usualAnswer;
    await Promise.all(goingDown.map((member) => setState(emulator, member, 'up')));
  };
}

async function setState(emulator: Emulator, { pool, member, port }: BackendDescription, state: 'up' | 'down') {
  await emulator.setMemberState(pool, `${member}:${port}`, state);
}

function membersNamed(emulator: Emulator, name: string): readonly BackendDescription[] {
  const found = emulator.backends.filter((backend) => namesOf(backend).some((each) => sameName(each, name)));
  if (found.length > 0) return found;
  const known = emulator.backends.flatMap(namesOf);
  const nearest = nearestName(name, known);
  const members = new Set(emulator.backends.map(({ pool, member }) => `${pool}/${member}`));
  throw new EmulatorError('InvalidOption', `'given' names '${name}', which is no pool and no member of one.`, {
    hint: nearest === undefined ? `There are: ${[...members].join(', ') || 'none'}.` : `Did you mean '${nearest}'?`,
  });
}

/** All ways to name a member. */
function namesOf({ pool, member, port }: BackendDescription): readonly string[] {
  const forms = [member, `${member}:${port}`, `[${member}]:${port}`];
  return [pool, ...forms, ...forms.map((form) => `${pool}/${form}`)];
}

function mockOf(emulator: Emulator, { pool, member, port, target }: BackendDescription, name: string): MockBackend {
  const mock = emulator.mocks.find(
    ({ identity }) => sameName(identity.pool, pool) && sameName(identity.member, member) && identity.port === port,
  );
  if (mock !== undefined) return mock;
  throw new EmulatorError('InvalidOption', `'given' says how '${name}' answers, but no stand-in stands for it.`, {
    hint: target === null ? 'Nobody stands for it at all.' : `Its requests go to ${target}.`,
  });
}

/** @throws EmulatorError `InvalidOption` for a header that cannot be sent, as one that came out of a variable */
function directivesOf({ status = 200, headers = {}, body, delay }: GivenAnswer): MockDirectives {
  for (const [name, value] of Object.entries(headers)) checkHeader(name, value);
  return {
    status,
    delayMilliseconds: delay === undefined ? 0 : millisecondsOf(delay),
    body: body ?? null,
    headers: Object.entries(headers),
  };
}

function checkHeader(name: string, value: string): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (cause) {
    throw new EmulatorError('InvalidOption', `'given' names the header '${name}', which cannot be sent as it is.`, {
      cause,
    });
  }
}
