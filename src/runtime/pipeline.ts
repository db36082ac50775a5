import type { Exchange } from './exchange.ts';
import { forward } from './forwarding/forward.ts';
import { sendAnswer, sendFault } from './send-answer.ts';
import { checkStage } from './stages/check.ts';
import { redirectStage } from './stages/redirect.ts';
import { routeStage } from './stages/route.ts';
import type { Stage } from './stages/stage.ts';

const stages: readonly Stage[] = [checkStage, routeStage, redirectStage];

/** The stages a request goes through before it is passed on, in their order. */
export function stagesFor(_exchange: Exchange): readonly Stage[] {
  return stages;
}

/** Takes a request through its stages; what none of them answers goes to a backend. */
export function runPipeline(exchange: Exchange): void {
  for (const stage of stagesFor(exchange)) {
    try {
      const result = stage.run(exchange);
      if (result.kind !== 'respond') continue;
      sendAnswer(exchange, result.answer);
    } catch (error) {
      sendFault(exchange, stage.name, error);
    }
    return;
  }
  try {
    forward(exchange);
  } catch (error) {
    sendFault(exchange, 'forward', error);
  }
}
