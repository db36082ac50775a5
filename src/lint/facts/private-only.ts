import type { Gateway } from '../../gateway/model.ts';

/** Whether a gateway has addresses, and only private ones. A frontend without any address is a fault of its own. */
export function isPrivateOnly({ frontendIPConfigurations: frontends }: Gateway): boolean {
  return (
    frontends.length > 0 && frontends.every(({ visibility, subnetId }) => visibility === 'private' && subnetId !== null)
  );
}
