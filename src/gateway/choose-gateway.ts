import { sameName } from '../base/case-insensitive-map.ts';
import { EmulatorError } from '../base/errors.ts';
import type { LoadedGateway } from './load-gateways.ts';

/**
 * The gateway that is meant: the one of that name, or the only one.
 *
 * @throws EmulatorError `NotAGateway` when there is none, or several and no name
 */
export function chooseGateway(
  gateways: readonly LoadedGateway[],
  name: string | undefined,
  file: string,
): LoadedGateway {
  const names = gateways.map(({ gateway }) => `'${gateway.name}'`).join(', ');
  const [first] = gateways;
  if (first === undefined) {
    throw new EmulatorError('NotAGateway', `'${file}' deploys no application gateway.`, {
      hint: "Agate looks for a resource of type 'Microsoft.Network/applicationGateways' with a true condition; `agate eval` shows what the template deploys.",
    });
  }
  if (name === undefined) {
    if (gateways.length === 1) return first;
    throw new EmulatorError('NotAGateway', `'${file}' deploys ${gateways.length} application gateways: ${names}.`, {
      hint: 'Say which one with --gateway <name>.',
    });
  }
  const chosen = gateways.find(({ gateway }) => sameName(gateway.name, name));
  if (chosen !== undefined) return chosen;
  throw new EmulatorError('NotAGateway', `'${file}' deploys no application gateway '${name}'.`, {
    hint: `It deploys ${names}.`,
  });
}
