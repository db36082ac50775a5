import { topology } from '../state.ts';
import type { Topology, TopologyNode } from './build-topology.ts';
import { nodeFace, select } from './node-button.tsx';

/** The picture as an outline, for small screens. */
export function RouteCards() {
  const { nodes } = topology.value;
  const listeners = nodes.filter(({ kind }) => kind === 'listener');
  return (
    <ul class="cards">
      {listeners.map((listener) => (
        <Branch key={listener.id} node={listener} topology={topology.value} />
      ))}
    </ul>
  );
}

function Branch({ node, topology: graph }: { readonly node: TopologyNode; readonly topology: Topology }) {
  const { className, isSelected, content } = nodeFace(node);
  const next = graph.edges.filter(({ from }) => from === node.id).map(({ to }) => to);
  const children = graph.nodes.filter(({ id }) => next.includes(id));
  return (
    <li>
      <button
        type="button"
        class={className}
        data-node={node.id}
        aria-pressed={isSelected}
        onClick={() => select(node)}
      >
        {content}
      </button>
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <Branch key={child.id} node={child} topology={graph} />
          ))}
        </ul>
      )}
    </li>
  );
}
