import type { ProbeMatch } from '../../gateway/model.ts';
import { probeMessages } from './probe-messages.ts';
import { describeStatusCodes } from './probe-plan.ts';
import type { ProbeResult } from './probe-state.ts';

/** Whether a server's answer to a probe is a good one. */
export function judgeResponse(match: ProbeMatch, status: number, body: string): ProbeResult {
  const hasStatus = match.statusCodes.some(({ from, to }) => status >= from && status <= to);
  if (!hasStatus) return { isSuccess: false, log: probeMessages.status(describeStatusCodes(match), status) };
  if (match.body !== null && match.body !== '' && !body.includes(match.body)) {
    return { isSuccess: false, log: probeMessages.body(match.body) };
  }
  return { isSuccess: true, log: probeMessages.success(status) };
}
