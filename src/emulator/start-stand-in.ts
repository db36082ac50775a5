import { readFile, stat } from 'node:fs/promises';
import type { Clock } from '../base/clock.ts';
import { EmulatorError } from '../base/errors.ts';
import { MockBackend, type MockIdentity, type MockShow } from '../mock-backend/mock-backend.ts';
import { parseResponse } from '../mock-backend/parse-response.ts';
import type { ShownFiles } from '../runtime/backends/backend-target.ts';

/**
 * Starts a server that stands in for a member of a pool.
 *
 * @throws EmulatorError `FileUnreadable` for a folder or a response that cannot be shown
 */
export async function startStandIn(
  identity: MockIdentity,
  clock: Clock,
  shown: ShownFiles | null,
): Promise<MockBackend> {
  return MockBackend.start(identity, clock, shown === null ? {} : await read(shown));
}

async function read({ kind, path }: ShownFiles): Promise<MockShow> {
  try {
    if (kind === 'response') return { answer: readResponse(path, await readFile(path)) };
    if ((await stat(path)).isDirectory()) return { folder: path };
  } catch (cause) {
    if (cause instanceof EmulatorError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EmulatorError('FileUnreadable', `'${path}' cannot be shown by a backend: ${reason}.`, { cause });
  }
  throw new EmulatorError('FileUnreadable', `'${path}' is not a folder.`, {
    hint: "'folder' names a folder of files, 'response' a file with one response.",
  });
}

function readResponse(path: string, bytes: Buffer) {
  const answer = parseResponse(bytes);
  if (answer !== undefined) return answer;
  throw new EmulatorError('FileUnreadable', `'${path}' does not hold a response.`, {
    hint: `Record one with: curl -si <url> > ${path}`,
  });
}
