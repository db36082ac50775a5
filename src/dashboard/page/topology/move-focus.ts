import type { Topology } from './build-topology.ts';
import type { Layout } from './layout-topology.ts';

/** Where an arrow key leads: up and down in a column, left and right along an edge. undefined for other keys and ends. */
export function nextFocus(topology: Topology, layout: Layout, from: string, key: string): string | undefined {
  const here = layout.placed.get(from);
  if (here === undefined) return undefined;
  const inColumn = [...layout.placed.values()]
    .filter(({ node }) => node.column === here.node.column)
    .sort((a, b) => a.y - b.y)
    .map(({ node }) => node.id);
  const index = inColumn.indexOf(from);
  switch (key) {
    case 'ArrowDown':
      return inColumn[index + 1];
    case 'ArrowUp':
      return inColumn[index - 1];
    case 'Home':
      return inColumn[0];
    case 'End':
      return inColumn.at(-1);
    case 'ArrowRight':
      return topology.edges.find((edge) => edge.from === from)?.to;
    case 'ArrowLeft':
      return topology.edges.find((edge) => edge.to === from)?.from;
    default:
      return undefined;
  }
}
