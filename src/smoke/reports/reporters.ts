import { renderGithub } from './github.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderPretty } from './pretty.ts';
import { renderTap } from './tap.ts';
import type { TestReporter } from './test-report.ts';

export type TestFormat = 'pretty' | 'json' | 'junit' | 'tap' | 'github';

/** The formats of `agate test`. */
export const testReporters: Readonly<Record<TestFormat, TestReporter>> = {
  pretty: renderPretty,
  json: renderJson,
  junit: renderJunit,
  tap: renderTap,
  github: renderGithub,
};
