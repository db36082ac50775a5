import { next, respond, type Stage } from './stage.ts';

/** Refuses what is no request to Azure, although Node's parser accepts it. */
export const checkStage: Stage = {
  name: 'check',
  run({ facts }) {
    return facts.problem === null ? next : respond(facts.problem);
  },
};
