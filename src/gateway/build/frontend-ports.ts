import type { FrontendPort } from '../model.ts';
import type { Entry } from './entries.ts';

export function buildFrontendPort(entry: Entry): FrontendPort {
  // Azure treats a missing port as 0, and refuses it.
  return { ...entry.common, port: entry.properties.integer('port') ?? 0 };
}
