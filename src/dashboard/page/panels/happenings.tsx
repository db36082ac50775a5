import { happenings } from '../state.ts';

/** Changes of health, redeployments and notices, newest first; read out as they come. */
export function Happenings() {
  return (
    <section class="panel" aria-labelledby="happenings">
      <h2 id="happenings">What happened</h2>
      <ul class="findings" aria-live="polite">
        {happenings.value.map(({ key, severity, message }) => (
          <li key={key}>
            <span class={`severity ${severity}`}>{severity}</span> {message}
          </li>
        ))}
      </ul>
      {happenings.value.length === 0 && <p class="faint">Nothing since this page was opened.</p>}
    </section>
  );
}
