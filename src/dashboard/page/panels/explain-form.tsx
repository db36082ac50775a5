import { useSignal } from '@preact/signals';
import { api } from '../api.ts';
import { attempt, gateway, selection } from '../state.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Asks where a request would go, without sending it. */
export function ExplainForm() {
  const method = useSignal('GET');
  const url = useSignal('');
  const explain = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      const explanation = await api.explain(method.value, url.value);
      selection.value = { kind: 'explanation', method: method.value, url: url.value, explanation };
    });
  };
  return (
    <form class="explain" aria-label="Explain a URL" onSubmit={explain}>
      <label>
        Method{' '}
        <select
          value={method.value}
          onChange={({ currentTarget }) => {
            method.value = currentTarget.value;
          }}
        >
          {methods.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <label class="wide">
        Where would this URL go?{' '}
        <input
          type="url"
          required
          placeholder={exampleUrl()}
          value={url.value}
          onInput={({ currentTarget }) => {
            url.value = currentTarget.value;
          }}
        />
      </label>
      <button type="submit" class="main">
        Explain
      </button>
    </form>
  );
}

/** As users of the gateway write it, with the ports of the template. */
function exampleUrl(): string {
  const listener = gateway.value?.listeners[0];
  if (listener === undefined) return 'https://shop.contoso.com/';
  const { protocol, frontendPort, hostNames } = listener;
  const scheme = protocol.toLowerCase();
  const port = frontendPort === (scheme === 'https' ? 443 : 80) ? '' : `:${frontendPort}`;
  return `${scheme}://${hostNames[0]?.replaceAll('*', 'www') ?? 'any.example'}${port}/`;
}
