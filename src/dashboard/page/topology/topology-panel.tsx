import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { topology } from '../state.ts';
import { RouteCards } from './route-cards.tsx';
import { TopologyGraph } from './topology-graph.tsx';

/** Too narrow for five columns: the same is then told as a list. */
const narrow = window.matchMedia('(max-width: 760px)');
const isNarrow = signal(narrow.matches);
narrow.addEventListener('change', ({ matches }) => {
  isNarrow.value = matches;
});

/** The gateway drawn from its model. */
export function TopologyPanel() {
  const room = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = room;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  const count = topology.value.nodes.filter(({ kind }) => kind === 'listener').length;
  return (
    <section class="panel topology" aria-labelledby="topology">
      <h2 id="topology">
        Topology <small>{count === 1 ? '1 listener' : `${count} listeners`}</small>
      </h2>
      <div class="room" ref={room}>
        {isNarrow.value ? <RouteCards /> : width > 0 && <TopologyGraph width={width} />}
      </div>
    </section>
  );
}
