import type { HttpListener } from '../../gateway/model.ts';
import type { Raw } from '../raw.ts';
import type { RuleContext } from '../rule.ts';

/** Where a listener says for which host names it is. */
export function hostNamesOf(raw: RuleContext['raw'], { origin }: HttpListener): readonly Raw[] {
  return ['hostName', 'hostNames'].map((member) => raw(origin, 'properties', member));
}
