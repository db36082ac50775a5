import { useMemo, useRef, useState } from 'preact/hooks';
import { flowing, litNodes, topology } from '../state.ts';
import { columns, edgeId, type TopologyEdge } from './build-topology.ts';
import {
  columnLeft,
  edgePath,
  type Layout,
  layoutTopology,
  nodeHeight,
  type Placed,
  type Sizes,
  sizesFor,
} from './layout-topology.ts';
import { nextFocus } from './move-focus.ts';
import { nodeFace, select } from './node-button.tsx';

/** The picture: lines below, and a button for each thing that can be met. One of them is in the tab order. */
export function TopologyGraph({ width }: { readonly width: number }) {
  const sizes = useMemo(() => sizesFor(width), [width]);
  const layout = useMemo(() => layoutTopology(topology.value, sizes), [topology.value, sizes]);
  const [reached, setReached] = useState('');
  const picture = useRef<HTMLFieldSetElement>(null);
  const current = layout.placed.has(reached) ? reached : ([...layout.placed.keys()][0] ?? '');
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextFocus(topology.value, layout, current, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setReached(next);
    picture.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <fieldset
      class="graph"
      ref={picture}
      aria-label="Listeners, rules, paths, pools and members. Arrow keys follow the way of a request."
      style={{ width: `${layout.width}px`, height: `${layout.height}px` }}
    >
      <ColumnHeads sizes={sizes} />
      <Edges layout={layout} sizes={sizes} />
      {[...layout.placed.values()].map((placed) => (
        <PlacedNode
          key={placed.node.id}
          placed={placed}
          sizes={sizes}
          isCurrent={placed.node.id === current}
          onFocus={setReached}
          onKeyDown={onKeyDown}
        />
      ))}
    </fieldset>
  );
}

function ColumnHeads({ sizes }: { readonly sizes: Sizes }) {
  return (
    <>
      {columns.map((name, index) => (
        <span key={name} class="column" style={{ left: `${columnLeft(index, sizes)}px` }} aria-hidden="true">
          {name}
        </span>
      ))}
    </>
  );
}

function Edges({ layout, sizes }: { readonly layout: Layout; readonly sizes: Sizes }) {
  return (
    <svg class="edges" width={layout.width} height={layout.height} aria-hidden="true" focusable="false">
      {topology.value.edges.map((edge) => (
        <Edge key={edgeId(edge)} edge={edge} layout={layout} sizes={sizes} />
      ))}
    </svg>
  );
}

interface EdgeProps {
  readonly edge: TopologyEdge;
  readonly layout: Layout;
  readonly sizes: Sizes;
}

function Edge({ edge, layout, sizes }: EdgeProps) {
  const from = layout.placed.get(edge.from);
  const to = layout.placed.get(edge.to);
  if (from === undefined || to === undefined) return null;
  const count = flowing.value.get(edgeId(edge)) ?? 0;
  const isLit = litNodes.value.has(edge.from) && litNodes.value.has(edge.to);
  const classes = ['edge', isLit && 'lit', count > 0 && 'flowing'].filter(Boolean).join(' ');
  return <path class={classes} d={edgePath(from, to, sizes)} stroke-width={widthFor(count, isLit)} />;
}

function widthFor(count: number, isLit: boolean): number {
  return isLit ? 4 : Math.min(6, 1.5 + Math.log2(1 + count));
}

interface PlacedNodeProps {
  readonly placed: Placed;
  readonly sizes: Sizes;
  readonly isCurrent: boolean;
  readonly onFocus: (id: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function PlacedNode({ placed: { node, x, y }, sizes, isCurrent, onFocus, onKeyDown }: PlacedNodeProps) {
  const { className, tip, isSelected, content } = nodeFace(node);
  return (
    <button
      type="button"
      class={className}
      data-node={node.id}
      aria-pressed={isSelected}
      title={tip}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={() => onFocus(node.id)}
      onKeyDown={onKeyDown}
      onClick={() => select(node)}
      style={{ left: `${x}px`, top: `${y}px`, width: `${sizes.nodeWidth}px`, height: `${nodeHeight}px` }}
    >
      {content}
    </button>
  );
}
