import { advancedRoutingFacts } from './advanced-routing-facts.ts';
import { backendRequestFacts } from './backend-request-facts.ts';
import { clientResponseFacts } from './client-response-facts.ts';
import type { Fact } from './fact.ts';
import { listenerFacts } from './listener-facts.ts';
import { pathFacts } from './path-facts.ts';
import { redirectFacts } from './redirect-facts.ts';
import { rewriteConditionFacts } from './rewrite-condition-facts.ts';
import { rewriteHeaderFacts } from './rewrite-header-facts.ts';
import { rewriteUrlFacts } from './rewrite-url-facts.ts';
import { serverVariableFacts } from './server-variable-facts.ts';

/** Every fact about routing, redirects, rewrites and headers, by subject. */
export const facts: Readonly<Record<string, readonly Fact[]>> = {
  listeners: listenerFacts,
  paths: pathFacts,
  'advanced routing': advancedRoutingFacts,
  redirects: redirectFacts,
  'rewrites of the URL': rewriteUrlFacts,
  'conditions of rewrites': rewriteConditionFacts,
  'rewrites of headers': rewriteHeaderFacts,
  'server variables': serverVariableFacts,
  'requests to servers': backendRequestFacts,
  'responses to clients': clientResponseFacts,
};
