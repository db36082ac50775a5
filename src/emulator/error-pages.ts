import { readFile } from 'node:fs/promises';
import type { Clock } from '../base/clock.ts';
import { EmulatorError } from '../base/errors.ts';
import { readLimited } from '../base/read-limited.ts';
import type { Gateway } from '../gateway/model.ts';
import type { Notice } from '../observability/emulator-events.ts';

/** The custom error pages of a gateway as they were when it was configured. */
export interface LoadedErrorPages {
  /** By URL; those that could not be had are missing. */
  readonly pages: ReadonlyMap<string, string>;
  readonly notices: readonly Notice[];
}

export interface ErrorPageSource {
  /** Files that stand for pages, by URL. */
  readonly files: Readonly<Record<string, string>>;
  readonly clock: Clock;
}

/** https://learn.microsoft.com/azure/application-gateway/custom-error#requirements */
const maximumPageBytes = 1024 * 1024;
const fetchMilliseconds = 3_000;

/**
 * Loads every custom error page, as Azure does once for each change of the configuration. A page that cannot be had is
 * told of, and the gateway's own text stays.
 *
 * @throws EmulatorError `FileUnreadable` for a file that was named and cannot be read
 */
export async function loadErrorPages(gateway: Gateway, source: ErrorPageSource): Promise<LoadedErrorPages> {
  const owners = [gateway, ...gateway.httpListeners];
  const configurations = owners.flatMap(({ customErrorConfigurations }) => customErrorConfigurations);
  const urls = new Set(configurations.map(({ customErrorPageUrl }) => customErrorPageUrl));
  const loaded = await Promise.all([...urls].map(async (url) => [url, await loadPage(url, source)] as const));
  return {
    pages: new Map(loaded.flatMap(([url, page]) => (typeof page === 'string' ? [[url, page]] : []))),
    notices: loaded.flatMap(([, page]) => (typeof page === 'string' ? [] : page)),
  };
}

async function loadPage(url: string, { files, clock }: ErrorPageSource): Promise<string | Notice> {
  const file = Object.hasOwn(files, url) ? files[url] : undefined;
  if (file !== undefined) return readPage(url, file);
  const abort = new AbortController();
  const timer = clock.after(fetchMilliseconds, () => abort.abort());
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (response.status !== 200) return unavailable(url, `it answers ${response.status}, and 200 is needed`);
    const page = await readLimited(response.body, maximumPageBytes);
    return page?.toString() ?? unavailable(url, 'it is larger than 1 MB');
  } catch (error) {
    return unavailable(
      url,
      abort.signal.aborted ? `it did not come in ${fetchMilliseconds / 1000} s` : reasonOf(error),
    );
  } finally {
    timer.dispose();
  }
}

async function readPage(url: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const message = `'${file}', which stands for the error page '${url}', cannot be read: ${reasonOf(cause)}.`;
    throw new EmulatorError('FileUnreadable', message, { hint: 'See errorPages in agate.yaml.', cause });
  }
}

function unavailable(url: string, why: string): Notice {
  return {
    severity: 'warning',
    message:
      `The error page '${url}' could not be loaded (${why}); the gateway's own text takes its place. ` +
      'Name a file for it under errorPages in agate.yaml.',
  };
}

/** `fetch` tells what happened in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
