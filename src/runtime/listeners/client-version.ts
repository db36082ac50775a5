import type { RequestProblem } from '../../routing/check-request.ts';

/**
 * What is wrong with the version in a request line. Node's parser takes `HTTP/2.0` and `HTTP/0.9` in the textual form of
 * HTTP/1.1 as well.
 * https://learn.microsoft.com/troubleshoot/azure/application-gateway/http-response-codes#400--bad-request
 */
export function versionProblem(httpVersion: string): RequestProblem | null {
  return httpVersion === '1.1' || httpVersion === '1.0' ? null : unknownVersion;
}

const unknownVersion: RequestProblem = {
  status: 400,
  errorInfo: 'ERRORINFO_INVALID_VERSION',
  why: 'The request line names another version than HTTP/1.1 or HTTP/1.0.',
};
