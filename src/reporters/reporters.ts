import { renderGithub } from './github.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderPretty } from './pretty.ts';
import type { Reporter } from './reporter.ts';
import { renderSarif } from './sarif.ts';

export type ReportFormat = 'pretty' | 'json' | 'sarif' | 'junit' | 'github';

/** The formats of `agate lint`. */
export const reporters: Readonly<Record<ReportFormat, Reporter>> = {
  pretty: renderPretty,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
};
