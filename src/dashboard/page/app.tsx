import { ExplainForm } from './panels/explain-form.tsx';
import { FindingsList } from './panels/findings-list.tsx';
import { Happenings } from './panels/happenings.tsx';
import { HealthTable } from './panels/health-table.tsx';
import { Inspector } from './panels/inspector.tsx';
import { RequestList } from './panels/request-list.tsx';
import { TrafficCharts } from './panels/traffic-charts.tsx';
import { connection, gateway } from './state.ts';
import { ThemeChoice } from './theme.tsx';
import { TopologyPanel } from './topology/topology-panel.tsx';

const connectionTexts = {
  connecting: 'Connecting …',
  live: 'Live',
  lost: 'The gateway does not answer; trying again.',
} as const;

export function App() {
  return (
    <>
      <a class="skip" href="#requests">
        Skip to requests
      </a>
      <header class="top">
        <h1>
          {gateway.value?.name ?? 'Agate'} <small>{gateway.value?.sku}</small>
        </h1>
        <p class={`connection ${connection.value}`} role="status">
          {connectionTexts[connection.value]}
        </p>
        <ThemeChoice />
      </header>
      <main>
        <ExplainForm />
        <div class="picture">
          <TopologyPanel />
          <Inspector />
        </div>
        <div class="panels">
          <div class="stack">
            <RequestList />
            <HealthTable />
          </div>
          <div class="stack">
            <TrafficCharts />
            <Happenings />
            <FindingsList />
            <NotEmulated />
          </div>
        </div>
      </main>
    </>
  );
}

function NotEmulated() {
  const features = gateway.value?.notEmulated ?? [];
  if (features.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="not-emulated">
      <h2 id="not-emulated">Accepted but not emulated</h2>
      <ul class="findings">
        {features.map(({ feature, consequence }) => (
          <li key={feature}>
            <code>{feature}</code>: {consequence}
          </li>
        ))}
      </ul>
    </section>
  );
}
