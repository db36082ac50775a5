import { api, type MemberChange } from '../api.ts';
import { attempt, gateway, memberId, servers, topology } from '../state.ts';
import { HealthMark } from '../topology/node-button.tsx';
import { Facts } from './facts.tsx';
import { filterText } from './request-list.tsx';

/** One thing of the topology. */
export function NodeView({ id }: { readonly id: string }) {
  const node = topology.value.nodes.find((each) => each.id === id);
  if (node === undefined) return null;
  const listener = gateway.value?.listeners.find(({ name }) => node.kind === 'listener' && name === node.name);
  return (
    <>
      <Facts
        facts={[
          ['Kind', node.kind],
          ['Details', node.detail],
          ['Rewrites by', node.rewriteRuleSet],
          ['Reached', node.isShadowed ? 'never: another route takes every request first' : null],
          ['Here at', listener?.url],
        ]}
      />
      {node.kind === 'member' && <MemberView id={id} />}
      {node.kind !== 'redirect' && node.kind !== 'path' && (
        <button
          type="button"
          onClick={() => {
            filterText.value = node.name;
          }}
        >
          Show its requests
        </button>
      )}
    </>
  );
}

function MemberView({ id }: { readonly id: string }) {
  const backends = gateway.value?.backends.filter(({ pool, member }) => memberId(pool, member) === id) ?? [];
  const [backend] = backends;
  if (backend === undefined) return null;
  return (
    <>
      <ul class="health">
        {servers.value
          .filter(({ pool, address }) => memberId(pool, address) === id)
          .map(({ settings, health, healthProbeLog }) => (
            <li key={settings}>
              <HealthMark health={health} /> <b>{health}</b> with {settings}. {healthProbeLog}
            </li>
          ))}
      </ul>
      <Facts facts={backends.map(({ port, target }) => [`Port ${port} goes to`, target ?? 'nobody'])} />
      {backend.state !== null && (
        <MemberButtons
          pool={backend.pool}
          member={backend.member}
          isUp={backends.some(({ state }) => state === 'up')}
          delayMilliseconds={backend.delayMilliseconds ?? 0}
        />
      )}
    </>
  );
}

interface MemberButtonsProps {
  readonly pool: string;
  readonly member: string;
  readonly isUp: boolean;
  readonly delayMilliseconds: number;
}

const delays = [0, 200, 1000, 5000, 35_000];

function MemberButtons({ pool, member, isUp, delayMilliseconds }: MemberButtonsProps) {
  const change = (wanted: MemberChange) => void attempt(() => api.changeMember(pool, member, wanted));
  const choices = delays.includes(delayMilliseconds) ? delays : [...delays, delayMilliseconds];
  return (
    <div class="buttons">
      <button type="button" class={isUp ? 'danger' : 'main'} onClick={() => change({ state: isUp ? 'down' : 'up' })}>
        {isUp ? 'Take down' : 'Bring up'}
      </button>
      <label>
        Answer{' '}
        <select
          value={delayMilliseconds}
          onChange={({ currentTarget }) => change({ delayMilliseconds: Number(currentTarget.value) })}
        >
          {choices.map((delay) => (
            <option key={delay} value={delay}>
              {delay === 0 ? 'at once' : `after ${delay / 1000} s`}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
