import { next, respond, type Stage } from './stage.ts';

export const redirectStage: Stage = {
  name: 'redirect',
  run({ record }) {
    const outcome = record.route?.outcome;
    if (outcome?.kind !== 'redirect') return next;
    return respond({
      status: outcome.status,
      errorInfo: 'ERRORINFO_NO_ERROR',
      why: null,
      location: outcome.location,
    });
  },
};
