import type { Exchange } from './exchange.ts';
import { forward } from './forwarding/forward.ts';
import { sendAnswer } from './send-answer.ts';
import { checkStage } from './stages/check.ts';
import { redirectStage } from './stages/redirect.ts';
import { routeStage } from './stages/route.ts';
import type { Answer, Stage } from './stages/stage.ts';

const stages: readonly Stage[] = [checkStage, routeStage, redirectStage];

/** The stages a request goes through before it is passed on, in their order. */
export function stagesFor(_exchange: Exchange): readonly Stage[] {
  return stages;
}

/** Takes a request through its stages; what none of them answers goes to a backend. */
export function runPipeline(exchange: Exchange): void {
  const answer = runStages(exchange);
  if (answer === null) {
    try {
      forward(exchange);
    } catch (error) {
      sendAnswer(exchange, fault(exchange, 'forward', error));
    }
  } else {
    sendAnswer(exchange, answer);
  }
}

function runStages(exchange: Exchange): Answer | null {
  for (const stage of stagesFor(exchange)) {
    try {
      const result = stage.run(exchange);
      if (result.kind === 'respond') return result.answer;
    } catch (error) {
      return fault(exchange, stage.name, error);
    }
  }
  return null;
}

/** A throwing stage is a mistake of ours: this request fails, the gateway goes on. */
function fault(exchange: Exchange, stage: string, error: unknown): Answer {
  exchange.services.faulted(stage, error);
  return { status: 500, errorInfo: 'ERRORINFO_NO_ERROR', why: `Agate failed in its stage '${stage}'.` };
}
