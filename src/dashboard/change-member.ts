import type { IncomingMessage } from 'node:http';
import type { AdminTarget, StandInChange } from './admin-target.ts';
import { type Answer, ok, refuse } from './answer.ts';

/** Longest body that a change can need, with room to spare. */
const maximumBodyBytes = 1024;
const maximumDelayMilliseconds = 600_000;

interface Change extends StandInChange {
  readonly state?: 'up' | 'down';
}

/** Takes a member of a pool down, gives it back, or lets its stand-in be slow or broken. */
export async function changeMember(
  target: AdminTarget,
  pool: string,
  member: string,
  request: IncomingMessage,
): Promise<Answer> {
  const change = readChange(await readBody(request));
  if (change === undefined) {
    const form =
      'The body should be {"state":"up"}, {"state":"down"}, {"delayMilliseconds":<0 to 600000>}, {"status":<200 to 599, or null>} or {"probeStatus":<200 to 599, or null>}.';
    return refuse(400, 'InvalidState', form);
  }
  if (await apply(target, pool, member, change)) return ok({ pool, member, ...change });
  return refuse(404, 'MemberNotFound', `Pool '${pool}' has no member '${member}' with a stand-in server.`);
}

async function apply(
  target: AdminTarget,
  pool: string,
  member: string,
  { state, ...change }: Change,
): Promise<boolean> {
  if (Object.keys(change).length > 0 && !target.changeStandIn(pool, member, change)) return false;
  return state === undefined || (await target.setMemberState(pool, member, state));
}

/** undefined for one that is too long. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > maximumBodyBytes) return undefined;
  }
  return text;
}

function readChange(text: string | undefined): Change | undefined {
  const body = text === undefined ? undefined : parseJson(text);
  if (typeof body !== 'object' || body === null) return undefined;
  const { state, delayMilliseconds, status, probeStatus }: Readonly<Partial<Record<keyof Change, unknown>>> = body;
  if ([state, delayMilliseconds, status, probeStatus].every((value) => value === undefined)) return undefined;
  if (state !== undefined && state !== 'up' && state !== 'down') return undefined;
  if (delayMilliseconds !== undefined && !isWithin(delayMilliseconds, 0, maximumDelayMilliseconds)) return undefined;
  if (!isStatusOrNot(status) || !isStatusOrNot(probeStatus)) return undefined;
  return {
    ...(state === undefined ? {} : { state }),
    ...(delayMilliseconds === undefined ? {} : { delayMilliseconds }),
    ...(status === undefined ? {} : { status }),
    ...(probeStatus === undefined ? {} : { probeStatus }),
  };
}

function isStatusOrNot(value: unknown): value is number | null | undefined {
  return value === undefined || value === null || isWithin(value, 200, 599);
}

function isWithin(value: unknown, from: number, to: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
