import { routeRequest } from '../../routing/route-request.ts';
import { next, respond, type Stage } from './stage.ts';

/** Finds listener, rule and path, and runs the rewrites of the request. */
export const routeStage: Stage = {
  name: 'route',
  run({ entryPoint, deployment, record }) {
    const route = routeRequest(entryPoint, deployment.table, record.request);
    record.route = route;
    return route.outcome.kind === 'respond' ? respond(route.outcome) : next;
  },
};
