import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { systemClock } from '../../../base/clock.ts';
import { history } from '../state.ts';
import { theme } from '../theme.tsx';
import { timeOfDay } from '../time-of-day.ts';
import { chartColumns, statusGroups } from '../traffic-history.ts';

const now = signal(Math.floor(systemClock.now() / 1000));
window.setInterval(() => {
  now.value = Math.floor(systemClock.now() / 1000);
}, 1000);

const height = 130;

interface Line {
  readonly label: string;
  /** Name of a colour in the style sheet. */
  readonly colour: string;
}

const statusLines: readonly Line[] = statusGroups.map((group) => ({ label: group, colour: `--s${group[0]}` }));
const latencyLines: readonly Line[] = [
  { label: 'average', colour: '--accent' },
  { label: 'slowest', colour: '--warning' },
];

/** The last two minutes. */
export function TrafficCharts() {
  const columns = chartColumns(history.value, now.value);
  // The second that has just begun has no figure yet.
  const last = history.value.find(({ time }) => time === now.value - 1);
  const rate = last?.count ?? 0;
  const average = last === undefined ? null : Math.round(last.milliseconds.sum / last.count);
  return (
    <section class="panel charts" aria-labelledby="traffic">
      <h2 id="traffic">
        Traffic{' '}
        <small>
          {rate} requests a second{average === null ? '' : `, ${average} ms on average`}
        </small>
      </h2>
      <Chart title="Requests a second, by status" lines={statusLines} data={[columns.times, ...columns.statuses]} />
      <Chart title="Milliseconds" lines={latencyLines} data={[columns.times, columns.average, columns.maximum]} />
    </section>
  );
}

interface ChartProps {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly data: readonly (readonly (number | null)[])[];
}

function Chart({ title, lines, data }: ChartProps) {
  const room = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const look = theme.value;
  // Colours come from the style sheet, so another theme makes another chart.
  useEffect(() => (room.current === null ? undefined : draw(room.current, lines, chart)), [lines, look]);
  useEffect(() => chart.current?.setData([...data] as uPlot.AlignedData), [data]);
  return (
    <figure>
      <figcaption>
        {title}
        {lines.map(({ label, colour }) => (
          <span key={label} class={`key ${colour.slice(2)}`}>
            {label}
          </span>
        ))}
      </figcaption>
      <div ref={room} role="img" aria-label={describe(title, lines, data)} />
    </figure>
  );
}

/** Draws into an element until it is disposed of, in its width. */
function draw(room: HTMLElement, lines: readonly Line[], chart: { current: uPlot | null }): () => void {
  const empty = [[], ...lines.map(() => [])] as unknown as uPlot.AlignedData;
  const made = new uPlot(optionsFor(lines, room.clientWidth), empty, room);
  chart.current = made;
  const observer = new ResizeObserver(() => made.setSize({ width: room.clientWidth, height }));
  observer.observe(room);
  return () => {
    observer.disconnect();
    made.destroy();
  };
}

/** For who does not see the lines: the highest value of each. */
function describe(title: string, lines: readonly Line[], data: ChartProps['data']): string {
  const highest = lines.map(({ label }, index) => {
    const values = (data[index + 1] ?? []).filter((value) => value !== null);
    return `${label} at most ${Math.round(Math.max(0, ...values))}`;
  });
  return `${title}, last two minutes: ${highest.join(', ')}`;
}

function optionsFor(lines: readonly Line[], width: number): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colourOf = (name: string) => resolveColour(style.getPropertyValue(name));
  const axis = {
    stroke: colourOf('--faint'),
    grid: { stroke: colourOf('--line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    // Half of the last time stands to the right of the lines.
    padding: [8, 30, 0, 0],
    scales: { x: { time: true }, y: { range: (_chart, _low, high) => [0, Math.max(5, high * 1.1)] } },
    axes: [
      {
        ...axis,
        space: 80,
        size: 28,
        values: (_chart, moments) => moments.map((seconds) => timeOfDay(seconds * 1000)),
      },
      { ...axis, size: 42 },
    ],
    series: [
      {},
      ...lines.map(({ label, colour }) => ({
        label,
        stroke: colourOf(colour),
        width: 2,
        points: { show: lines === latencyLines, size: 4 },
      })),
    ],
  };
}

/** A canvas does not know `light-dark()`; an element's computed colour does. */
function resolveColour(value: string): string {
  const probe = document.createElement('span');
  probe.style.color = value;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
