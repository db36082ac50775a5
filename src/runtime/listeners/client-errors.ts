import { headersTooLarge, type RequestProblem, urlTooLong } from '../../routing/check-request.ts';

/** Error of Node's HTTP parser or of its watch over slow clients. */
export interface ClientError extends Error {
  readonly code?: string;
  /** The packet in which it was found. */
  readonly rawPacket?: Buffer;
}

export interface ClientErrorAnswer extends Omit<RequestProblem, 'status'> {
  readonly status: RequestProblem['status'] | 408;
}

/**
 * The gateway's answer to what Node's parser refuses; null where the client is gone and nobody would read one.
 * https://learn.microsoft.com/azure/application-gateway/http-response-codes
 */
export function answerToClientError(error: ClientError): ClientErrorAnswer | null {
  switch (error.code) {
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return null;
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return requestTimeout;
    case 'HPE_HEADER_OVERFLOW':
      // A packet without a single line end is most likely from the middle of a request line.
      return error.rawPacket?.includes('\n') === false ? urlTooLong : headersTooLarge;
    case 'HPE_INVALID_EOF_STATE':
      return incomplete;
    case 'HPE_INVALID_METHOD':
      return malformed('ERRORINFO_INVALID_METHOD', error);
    case 'HPE_INVALID_VERSION':
      return malformed('ERRORINFO_INVALID_VERSION', error);
    case 'HPE_INVALID_URL':
      return malformed('ERRORINFO_REQUEST_URI_INVALID', error);
    case 'HPE_INVALID_CONTENT_LENGTH':
    case 'HPE_UNEXPECTED_CONTENT_LENGTH':
      return malformed('ERRORINFO_INVALID_CONTENT_LENGTH', error);
    default:
      return malformed('ERRORINFO_INVALID_REQUEST', error);
  }
}

function malformed(errorInfo: ClientErrorAnswer['errorInfo'], error: ClientError): ClientErrorAnswer {
  return { status: 400, errorInfo, why: `The request is malformed: ${error.message}.` };
}

/** NGINX answers with 400 what nobody reads any more. */
const incomplete: ClientErrorAnswer = {
  status: 400,
  errorInfo: 'ERRORINFO_CLIENT_CLOSED_REQUEST',
  why: 'The client left before its request was complete.',
};

export const requestTimeout: ClientErrorAnswer = {
  status: 408,
  errorInfo: 'ERRORINFO_CLIENT_TIMED_OUT',
  why: 'The client did not finish its request in 60 s.',
};

/** Plain HTTP that reached a port for HTTPS. */
export const plainHttpOnTlsPort: ClientErrorAnswer = {
  status: 400,
  errorInfo: 'ERRORINFO_HTTP_TO_HTTPS_PORT',
  why: 'The client spoke plain HTTP to a port for HTTPS.',
  extraLine: 'The plain HTTP request was sent to HTTPS port',
};
