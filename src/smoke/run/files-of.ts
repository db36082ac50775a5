import { dirname, resolve } from 'node:path';
import type { StepAction, TestFile } from '../format/test-file.ts';

/** The files that a test file names, for whoever waits for them to change; not those whose names come from variables. */
export function filesOf({ source, tests }: TestFile): readonly string[] {
  const names = tests.flatMap(({ steps }) => steps.flatMap(({ action }) => namedBy(action)));
  return names.filter((name) => !name.includes('${')).map((name) => resolve(dirname(source.name), name));
}

function namedBy(action: StepAction): readonly string[] {
  const { clientCertificate = {} } = action.kind === 'request' ? action.request : action.websocket;
  const bodyFile = action.kind === 'request' ? action.request.bodyFile : undefined;
  const { certificate, key, pfx } = clientCertificate;
  return [bodyFile, certificate, key, pfx].filter((name) => name !== undefined);
}
