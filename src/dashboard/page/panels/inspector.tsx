import { useEffect, useRef } from 'preact/hooks';
import { type Selection, selection, topology } from '../state.ts';
import { DecisionView } from './decision-view.tsx';
import { NodeView } from './node-view.tsx';
import { RequestView } from './request-view.tsx';

/** What there is to say about what was chosen: a node, an explained URL or a request. */
export function Inspector() {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = selection.value;
  // Whoever asked is taken to the answer; a node keeps the focus, so that the arrow keys go on from there.
  useEffect(() => {
    if (shown !== null && shown.kind !== 'node') heading.current?.focus();
  }, [shown]);
  return (
    <section class={`panel inspector ${shown === null ? '' : 'shown'}`} aria-labelledby="inspector">
      <div class="head">
        <h2 id="inspector" ref={heading} tabIndex={-1}>
          {shown === null ? 'Details' : titleOf(shown)}
        </h2>
        {shown !== null && (
          <button
            type="button"
            onClick={() => {
              selection.value = null;
            }}
          >
            Clear
          </button>
        )}
      </div>
      {shown === null ? (
        <p class="faint">Choose something in the topology or a request, or explain a URL.</p>
      ) : (
        <Content shown={shown} />
      )}
    </section>
  );
}

function Content({ shown }: { readonly shown: Selection }) {
  switch (shown.kind) {
    case 'node':
      return <NodeView id={shown.id} />;
    case 'explanation':
      return <DecisionView explanation={shown.explanation} />;
    case 'request':
      return <RequestView explained={shown.explained} />;
    default:
      return shown satisfies never;
  }
}

function titleOf(shown: Selection): string {
  switch (shown.kind) {
    case 'node':
      return topology.value.nodes.find(({ id }) => id === shown.id)?.name ?? 'Details';
    case 'explanation':
      return `${shown.method} ${shown.url}`;
    case 'request':
      return `${shown.explained.request.method} ${shown.explained.request.host ?? ''}${shown.explained.request.url}`;
    default:
      return shown satisfies never;
  }
}
