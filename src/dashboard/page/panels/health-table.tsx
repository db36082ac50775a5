import { servers } from '../state.ts';
import { HealthMark } from '../topology/node-button.tsx';

/** Backend health as Azure's portal lists it. */
export function HealthTable() {
  return (
    <section class="panel" aria-labelledby="health">
      <h2 id="health">Backend health</h2>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">Server</th>
              <th scope="col">Pool</th>
              <th scope="col">Settings</th>
              <th scope="col">Status</th>
              <th scope="col">Details</th>
            </tr>
          </thead>
          <tbody>
            {servers.value.map(({ pool, settings, address, health, healthProbeLog }) => (
              <tr key={`${pool} ${settings} ${address}`}>
                <td>{address}</td>
                <td>{pool}</td>
                <td>{settings}</td>
                <td class="nowrap">
                  <HealthMark health={health} /> {health}
                </td>
                <td class="details">{healthProbeLog}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
