import type { IncomingMessage } from 'node:http';
import type { AdminTarget } from './admin-target.ts';
import { type Answer, ok, refuse } from './answer.ts';

/** Longest body that a change can need, with room to spare. */
const maximumBodyBytes = 1024;
const maximumDelayMilliseconds = 600_000;

interface Change {
  readonly state?: 'up' | 'down';
  readonly delayMilliseconds?: number;
}

/** Takes a member of a pool down, gives it back, or lets its stand-in be slow. */
export async function changeMember(
  target: AdminTarget,
  pool: string,
  member: string,
  request: IncomingMessage,
): Promise<Answer> {
  const change = readChange(await readBody(request));
  if (change === undefined) {
    const form = 'The body should be {"state":"up"}, {"state":"down"} or {"delayMilliseconds":<0 to 600000>}.';
    return refuse(400, 'InvalidState', form);
  }
  if (await apply(target, pool, member, change)) return ok({ pool, member, ...change });
  return refuse(404, 'MemberNotFound', `Pool '${pool}' has no member '${member}' with a stand-in server.`);
}

async function apply(
  target: AdminTarget,
  pool: string,
  member: string,
  { state, delayMilliseconds }: Change,
): Promise<boolean> {
  if (delayMilliseconds !== undefined && !target.slowMember(pool, member, delayMilliseconds)) return false;
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
  if (typeof body !== 'object' || body === null || !('state' in body || 'delayMilliseconds' in body)) return undefined;
  const { state, delayMilliseconds } = body as { readonly state?: unknown; readonly delayMilliseconds?: unknown };
  if (state !== undefined && state !== 'up' && state !== 'down') return undefined;
  if (delayMilliseconds !== undefined && !isDelay(delayMilliseconds)) return undefined;
  return {
    ...(state === undefined ? {} : { state }),
    ...(delayMilliseconds === undefined ? {} : { delayMilliseconds }),
  };
}

function isDelay(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maximumDelayMilliseconds;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
