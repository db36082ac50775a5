import { next, respond, type Stage } from './stage.ts';

/** Refuses what is no request to Azure, although Node's parser accepts it, and clients without a due certificate. */
export const checkStage: Stage = {
  name: 'check',
  run({ facts, record }) {
    const problem = facts.problem ?? record.request.tls?.problem ?? null;
    return problem === null ? next : respond(problem);
  },
};
