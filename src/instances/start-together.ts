import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import type { EmulatorOptions } from '../emulator/options.ts';
import { type GroupOptions, InstanceGroup } from './instance-group.ts';
import { JointGateway } from './joint-gateway.ts';

/**
 * Starts a gateway that several processes serve together: this one, which listens, and others, which get their share of
 * the connections.
 *
 * @throws EmulatorError as `startEmulator` does
 */
export async function startTogether(
  options: EmulatorOptions,
  others: Pick<GroupOptions, 'others' | 'program' | 'logs' | 'onLog'>,
): Promise<Emulator> {
  const { gateway: _, ...emulatorOptions } = options;
  const group = new InstanceGroup({ ...others, emulator: emulatorOptions });
  const handOver: InstanceGroup['handOver'] = (entryPoint, socket) => group.handOver(entryPoint, socket);
  const gateway = new JointGateway(await startEmulator({ ...options, instance: { number: 0, handOver } }), group);
  try {
    await gateway.start();
    return gateway;
  } catch (error) {
    await gateway.dispose(0);
    throw error;
  }
}
