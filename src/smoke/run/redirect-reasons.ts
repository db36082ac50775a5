import type { RedirectConfiguration } from '../../gateway/model.ts';
import type { RequestRecord } from '../../observability/request-record.ts';
import type { Mismatch } from './mismatch.ts';
import type { Reason } from './test-result.ts';

/** How a redirect is written that is not the one expected. */
export function redirectReasons({ concern }: Mismatch, { route }: RequestRecord): readonly Reason[] {
  const { outcome } = route ?? {};
  if (!['redirect', 'answer'].includes(concern) || outcome?.kind !== 'redirect') return [];
  return [{ stage: 'redirect', why: describeConfiguration(outcome.redirectConfiguration) }];
}

function describeConfiguration({ name, redirectType, target, ...kept }: RedirectConfiguration): string {
  const to = target?.kind === 'listener' ? `listener '${target.listener.name}'` : `'${target?.url ?? 'nowhere'}'`;
  const parts = (['includePath', 'includeQueryString'] as const).map(
    (part) => `${part} ${kept[part] ?? 'not written'}`,
  );
  return `Redirect '${name}' is '${redirectType}' to ${to}, ${parts.join(', ')}.`;
}
