import type { HttpListener, RedirectConfiguration, RedirectTarget } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import type { Collection } from './collections.ts';
import type { Entry } from './entries.ts';
import { resolveReference } from './resolve-reference.ts';

/** https://learn.microsoft.com/azure/application-gateway/redirect-overview */
export function buildRedirectConfiguration(
  context: BuildContext,
  entry: Entry,
  listeners: Collection<HttpListener>,
): RedirectConfiguration {
  const { properties } = entry;
  return {
    ...entry.common,
    redirectType: properties.oneOf('redirectType', ['Permanent', 'Found', 'SeeOther', 'Temporary']) ?? 'Permanent',
    target: targetOf(context, entry, listeners),
    includePath: properties.boolean('includePath'),
    includeQueryString: properties.boolean('includeQueryString'),
  };
}

function targetOf(context: BuildContext, entry: Entry, listeners: Collection<HttpListener>): RedirectTarget | null {
  const listener = resolveReference(context, entry, 'targetListener', listeners);
  if (listener !== null) return { kind: 'listener', listener };
  const url = entry.properties.text('targetUrl');
  return url === null ? null : { kind: 'url', url };
}
