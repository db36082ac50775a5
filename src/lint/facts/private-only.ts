import type { Gateway } from '../../gateway/model.ts';

/** Whether a gateway has addresses, and only private ones. */
export function isPrivateOnly({ frontendIPConfigurations: frontends }: Gateway): boolean {
  return frontends.length > 0 && frontends.every(({ visibility }) => visibility === 'private');
}
