import type { ComponentChildren } from 'preact';
import type { ServerHealth } from '../../../emulator/backend-health.ts';
import { healthOfMember } from '../servers.ts';
import { gateway, litNodes, selection, servers } from '../state.ts';
import type { TopologyNode } from './build-topology.ts';

const kindTexts = {
  listener: 'Listener',
  rule: 'Rule',
  path: 'Path',
  pool: 'Pool',
  redirect: 'Redirect',
  member: 'Member',
} as const;

/** What a node looks like and what it is called; everything but its place. */
export function nodeFace(node: TopologyNode) {
  const health = node.kind === 'member' ? healthOfMember(servers.value, node.id) : null;
  const delay = node.kind === 'member' ? delayOf(node) : 0;
  const isSelected = selection.value?.kind === 'node' && selection.value.id === node.id;
  const isLit = litNodes.value.has(node.id);
  const classes = ['node', node.kind, health?.toLowerCase(), isLit && 'lit', isSelected && 'selected'];
  return {
    className: classes.filter(Boolean).join(' '),
    tip: `${node.name}\n${node.detail}`,
    isSelected,
    content: (
      <>
        <span class="name">
          {health !== null && <HealthMark health={health} />}
          <Unseen>{kindTexts[node.kind]} </Unseen>
          {node.name}
        </span>
        <span class="detail">
          {node.rewriteRuleSet !== null && (
            <b title={`Rewrites by ${node.rewriteRuleSet}`}>
              ✎ <Unseen>rewrites by </Unseen>
              {node.rewriteRuleSet}{' '}
            </b>
          )}
          {node.isShadowed && <b>never reached </b>}
          {delay > 0 && <b>+{delay} ms </b>}
          {node.detail}
          {health !== null && <Unseen>, {health}</Unseen>}
          {isLit && <Unseen>, on the way that is shown</Unseen>}
        </span>
      </>
    ),
  };
}

/** For who listens; the others see it by place and colour. */
function Unseen({ children }: { readonly children: ComponentChildren }) {
  return <span class="unseen">{children}</span>;
}

/** A shape for each health, for who cannot tell the colours apart. */
export function HealthMark({ health }: Pick<ServerHealth, 'health'>) {
  const mark = { Healthy: '●', Partial: '◐', Unhealthy: '✖', Unknown: '○' }[health];
  return (
    <span class={`mark ${health.toLowerCase()}`} aria-hidden="true">
      {mark}
    </span>
  );
}

export function select(node: TopologyNode): void {
  selection.value = { kind: 'node', id: node.id };
}

function delayOf({ id }: TopologyNode): number {
  const own = gateway.value?.backends.filter(({ pool, member }) => `member:${pool}/${member}` === id) ?? [];
  return Math.max(0, ...own.map(({ delayMilliseconds }) => delayMilliseconds ?? 0));
}
