import type { RawHeaders } from './route.ts';

/** An answer that the gateway makes by itself. */
export interface GatewayAnswer {
  readonly status: number;
  /** Of the status line. */
  readonly reason: string;
  /** Without `Date` and `Connection`, which depend on the moment and the connection. */
  readonly headers: RawHeaders;
  readonly body: string;
}

export interface GatewayAnswerOptions {
  readonly status: number;
  readonly generation: 'v1' | 'v2';
  /** A line that tells more about a 400, as `The plain HTTP request was sent to HTTPS port`. */
  readonly extraLine?: string;
  /** Of a redirect. */
  readonly location?: string;
  /** A custom error page, in place of the gateway's own text. */
  readonly page?: string;
  readonly hideServerHeader?: boolean;
}

const product = 'Microsoft-Azure-Application-Gateway/v2';

/** NGINX's phrases, whose answers those of v2 are. */
const titles: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  400: 'Bad Request',
  401: 'Authorization Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  408: 'Request Time-out',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** v1 speaks as IIS does. https://learn.microsoft.com/azure/application-gateway/application-gateway-troubleshooting-502 */
const sentencesOfV1: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden: Access is denied.',
  404: 'File or directory not found.',
  405: 'HTTP verb used to access this page is not allowed.',
  413: 'Request entity too large.',
  414: 'Request URL is too long.',
  500: 'Internal server error.',
  502: 'Web server received an invalid response while acting as a gateway or proxy server.',
  503: 'Service unavailable.',
};

/** Renders an answer of the gateway's own: an error, a redirect or a custom error page. */
export function renderGatewayAnswer(options: GatewayAnswerOptions): GatewayAnswer {
  const body = options.page ?? renderBody(options);
  const headers: string[] = [];
  if (options.generation === 'v2' && options.hideServerHeader !== true) headers.push('Server', product);
  headers.push('Content-Type', 'text/html', 'Content-Length', String(Buffer.byteLength(body)));
  if (options.location !== undefined) headers.push('Location', options.location);
  return { status: options.status, reason: reasonOf(options.status), headers, body };
}

function renderBody(options: GatewayAnswerOptions): string {
  return options.generation === 'v1' && options.location === undefined ? renderV1(options.status) : renderV2(options);
}

function renderV1(status: number): string {
  return `Server Error: ${status} - ${sentencesOfV1[status] ?? reasonOf(status)}`;
}

// Measured for 502 (MicrosoftDocs/azure-docs#110739); the others have NGINX's titles in the same frame.
function renderV2({ status, extraLine }: GatewayAnswerOptions): string {
  const heading = `${status} ${titles[status] ?? ''}`.trim();
  return [
    '<html>',
    `<head><title>${extraLine === undefined ? heading : `${status} ${extraLine}`}</title></head>`,
    '<body>',
    `<center><h1>${heading}</h1></center>`,
    ...(extraLine === undefined ? [] : [`<center>${extraLine}</center>`]),
    `<hr><center>${product}</center>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}

/** Of NGINX's phrases only that of 401 differs between the status line and the page. */
function reasonOf(status: number): string {
  return status === 401 ? 'Unauthorized' : (titles[status] ?? '');
}
