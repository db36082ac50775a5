import type { Explanation } from '../../../routing/explain.ts';
import { Facts } from './facts.tsx';

/** Where a request goes, and every step on the way there. */
export function DecisionView({ explanation }: { readonly explanation: Explanation }) {
  const { listener, rule, pathRule, advancedRoutingRule, redirect, pool, settings, backendUrl, status, rewrites } =
    explanation;
  return (
    <>
      <Facts
        facts={[
          ['Answer', redirect === null ? status : `${redirect.status} → ${redirect.location}`],
          ['Listener', listener],
          ['Rule', rule],
          ['Path rule', pathRule],
          ['Advanced rule', advancedRoutingRule ?? null],
          ['Pool', pool],
          ['Settings', settings],
          ['Sent to', backendUrl],
        ]}
      />
      <Rewrites rewrites={rewrites} />
      <h3>Why</h3>
      <ol class="steps">
        {explanation.steps.map(({ stage, outcome, why }, index) => (
          <li key={`${index} ${stage}`} class={outcome === 'passed over' ? 'passed' : ''}>
            <b>{stage}</b> <span class="outcome">{outcome}</span> {why}
          </li>
        ))}
      </ol>
      <SentHeaders explanation={explanation} />
    </>
  );
}

function Rewrites({ rewrites }: Pick<Explanation, 'rewrites'>) {
  const changes = rewrites.flatMap(({ ruleSet, rule, changes: all }) =>
    all.map((change) => ({ ...change, by: `${ruleSet} / ${rule}` })),
  );
  if (changes.length === 0) return null;
  return (
    <>
      <h3>Rewrites</h3>
      <ul class="changes">
        {changes.map(({ by, target, name, value }) => (
          <li key={`${by} ${target} ${name}`}>
            <code>{name ?? target}</code>{' '}
            {value === null ? (
              'is removed'
            ) : (
              <>
                becomes <code>{value}</code>
              </>
            )}{' '}
            <span class="faint">by {by}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function SentHeaders({ explanation: { requestHeaders } }: { readonly explanation: Explanation }) {
  if (requestHeaders === null) return null;
  return (
    <details>
      <summary>Headers that the server gets</summary>
      <Facts facts={Object.entries(requestHeaders)} />
    </details>
  );
}
