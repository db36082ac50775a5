import { localLocation } from '../local-location.ts';
import { next, respond, type Stage } from './stage.ts';

export const redirectStage: Stage = {
  name: 'redirect',
  run(exchange) {
    const outcome = exchange.record.route?.outcome;
    if (outcome?.kind !== 'redirect') return next;
    return respond({
      status: outcome.status,
      errorInfo: 'ERRORINFO_NO_ERROR',
      why: null,
      location: localLocation(outcome.location, exchange),
    });
  },
};
