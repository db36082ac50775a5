import type { Row } from '../row.ts';
import { evaluate } from './evaluate.ts';
import { instances } from './instances.ts';
import { latency } from './latency.ts';
import { lint } from './lint.ts';
import { memory } from './memory.ts';
import { observability } from './observability.ts';
import { redeploy } from './redeploy.ts';
import { routing, routingMaps } from './routing.ts';
import { smoke } from './smoke.ts';
import { start } from './start.ts';
import { throughput } from './throughput.ts';
import { websockets } from './websockets.ts';

/** In the order of the table. */
export const rows: readonly Row[] = [
  throughput,
  latency,
  instances,
  routing,
  routingMaps,
  lint,
  start,
  smoke,
  evaluate,
  websockets,
  memory,
  redeploy,
  observability,
];
