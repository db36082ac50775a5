import { columns, type Topology, type TopologyEdge, type TopologyNode } from './build-topology.ts';

export interface Placed {
  readonly node: TopologyNode;
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly placed: ReadonlyMap<string, Placed>;
  readonly width: number;
  readonly height: number;
}

export const nodeHeight = 46;
const rowHeight = 53;
const gap = 30;
const margin = 4;

/** Room for the columns' names. */
const headHeight = 28;

/** Where a column begins. */
export function columnLeft(column: number, { nodeWidth }: Sizes): number {
  return margin + column * (nodeWidth + gap);
}

export interface Sizes {
  readonly nodeWidth: number;
}

/** Node widths that fill a room, within what can be read. */
export function sizesFor(width: number): Sizes {
  const free = (width - 2 * margin - gap * (columns.length - 1)) / columns.length;
  return { nodeWidth: Math.max(140, Math.min(260, Math.floor(free))) };
}

/**
 * Places the nodes in columns. Paths stand below each other in the order in which they are tried; everything else stands
 * beside the middle of what it is connected to, as near as its neighbours allow.
 */
export function layoutTopology(topology: Topology, sizes: Sizes): Layout {
  const rows = new Map<string, number>();
  inColumn(topology, 2).forEach(({ id }, row) => {
    rows.set(id, row);
  });
  // A rule whose target is nothing has its path all the same, so every rule and listener finds its row.
  placeBeside(
    topology,
    rows,
    1,
    ({ from }) => from,
    ({ to }) => to,
  );
  placeBeside(
    topology,
    rows,
    0,
    ({ from }) => from,
    ({ to }) => to,
  );
  placeBeside(
    topology,
    rows,
    3,
    ({ to }) => to,
    ({ from }) => from,
  );
  placeBeside(
    topology,
    rows,
    4,
    ({ to }) => to,
    ({ from }) => from,
  );
  const placed = new Map<string, Placed>();
  for (const node of topology.nodes) {
    placed.set(node.id, {
      node,
      x: columnLeft(node.column, sizes),
      y: headHeight + (rows.get(node.id) ?? 0) * rowHeight,
    });
  }
  const lastRow = Math.max(0, ...rows.values());
  return {
    placed,
    width: columnLeft(columns.length - 1, sizes) + sizes.nodeWidth + margin,
    height: headHeight + lastRow * rowHeight + nodeHeight + margin,
  };
}

type End = (edge: TopologyEdge) => string;

/** Rows for one column: the mean of the neighbours' rows, then pushed apart where two would overlap. */
function placeBeside(topology: Topology, rows: Map<string, number>, column: number, own: End, other: End): void {
  const nodes = inColumn(topology, column);
  const wanted = nodes.map(({ id }) => {
    const neighbours = topology.edges.filter((edge) => own(edge) === id).map((edge) => rows.get(other(edge)) ?? 0);
    return { id, row: mean(neighbours) };
  });
  wanted.sort((a, b) => a.row - b.row);
  const middle = mean(wanted.map(({ row }) => row));
  const pushed = pushApart(wanted.map(({ row }) => row));
  // What was pushed down moves back up as a whole, so that the column stays beside what it belongs to.
  const shift = Math.min(pushed[0] ?? 0, Math.max(0, mean(pushed) - middle));
  wanted.forEach(({ id }, index) => {
    rows.set(id, (pushed[index] ?? 0) - shift);
  });
}

function pushApart(ascending: readonly number[]): readonly number[] {
  const result: number[] = [];
  for (const row of ascending) result.push(Math.max(row, (result.at(-1) ?? -1) + 1));
  return result;
}

function inColumn({ nodes }: Topology, column: number): readonly TopologyNode[] {
  return nodes.filter((node) => node.column === column);
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** A line from the right side of one node to the left side of the next. */
export function edgePath(from: Placed, to: Placed, { nodeWidth }: Sizes): string {
  const [x1, y1] = [from.x + nodeWidth, from.y + nodeHeight / 2];
  const [x2, y2] = [to.x, to.y + nodeHeight / 2];
  const bend = (x2 - x1) / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
