import { expect, test } from 'vitest';
import { customErrorPage } from '../../src/routing/custom-error-page.ts';
import { renderGatewayAnswer } from '../../src/routing/gateway-answers.ts';
import { makeGateway } from './gateway-fixture.ts';

// Measured: MicrosoftDocs/azure-docs#110739.
test('502 of v2 is the page that Azure sends', () => {
  const answer = renderGatewayAnswer({ status: 502, generation: 'v2' });
  const lines = [
    '<html>',
    '<head><title>502 Bad Gateway</title></head>',
    '<body>',
    '<center><h1>502 Bad Gateway</h1></center>',
    '<hr><center>Microsoft-Azure-Application-Gateway/v2</center>',
    '</body>',
    '</html>',
    '',
  ];
  expect(answer).toEqual({
    status: 502,
    reason: 'Bad Gateway',
    headers: ['Server', 'Microsoft-Azure-Application-Gateway/v2', 'Content-Type', 'text/html', 'Content-Length', '183'],
    body: lines.join('\r\n'),
  });
});

test.each([
  [301, '301 Moved Permanently'],
  [302, '302 Found'],
  [303, '303 See Other'],
  [307, '307 Temporary Redirect'],
  [400, '400 Bad Request'],
  [401, '401 Authorization Required'],
  [403, '403 Forbidden'],
  [404, '404 Not Found'],
  [405, '405 Not Allowed'],
  [408, '408 Request Time-out'],
  [413, '413 Request Entity Too Large'],
  [414, '414 Request-URI Too Large'],
  [500, '500 Internal Server Error'],
  [503, '503 Service Temporarily Unavailable'],
  [504, '504 Gateway Time-out'],
])('%i of v2 is headed %s', (status, heading) => {
  const { body } = renderGatewayAnswer({ status, generation: 'v2' });
  expect(body).toContain(`<head><title>${heading}</title></head>`);
  expect(body).toContain(`<center><h1>${heading}</h1></center>`);
});

test('the status line of 401 has the usual reason', () => {
  expect(renderGatewayAnswer({ status: 401, generation: 'v2' }).reason).toBe('Unauthorized');
});

test('a 400 may tell more, in title and body', () => {
  const extraLine = 'The plain HTTP request was sent to HTTPS port';
  const { body } = renderGatewayAnswer({ status: 400, generation: 'v2', extraLine });
  expect(body).toContain(`<title>400 ${extraLine}</title>`);
  expect(body).toContain(`<center><h1>400 Bad Request</h1></center>\r\n<center>${extraLine}</center>\r\n<hr>`);
});

test('the Server header can be left out, the page stays', () => {
  const { headers, body } = renderGatewayAnswer({ status: 502, generation: 'v2', hideServerHeader: true });
  expect(headers).not.toContain('Server');
  expect(body).toContain('Microsoft-Azure-Application-Gateway/v2');
});

test('a redirect names its location', () => {
  const { headers } = renderGatewayAnswer({ status: 301, generation: 'v2', location: 'https://contoso.com/' });
  expect(headers.slice(-2)).toEqual(['Location', 'https://contoso.com/']);
});

// https://learn.microsoft.com/azure/application-gateway/application-gateway-troubleshooting-502
test('502 of v1 is a line of text', () => {
  const { body, headers } = renderGatewayAnswer({ status: 502, generation: 'v1' });
  expect(body).toBe(
    'Server Error: 502 - Web server received an invalid response while acting as a gateway or proxy server.',
  );
  expect(headers).not.toContain('Server');
});

test('a custom error page takes the place of the text and keeps the status', () => {
  const { status, reason, body, headers } = renderGatewayAnswer({ status: 502, generation: 'v2', page: '<p>Sörry' });
  expect({ status, reason, body }).toEqual({ status: 502, reason: 'Bad Gateway', body: '<p>Sörry' });
  expect(headers.slice(-2)).toEqual(['Content-Length', '9']);
});

// https://learn.microsoft.com/azure/application-gateway/custom-error
test('a listener with any error page of its own does not use those of the gateway', () => {
  const gateway = makeGateway({
    errorPages: { 403: 'https://global/403.html', 502: 'https://global/502.html' },
    listeners: [
      { name: 'own', errorPages: { 502: 'https://own/502.html' } },
      { name: 'none', port: 81 },
    ],
    rules: [{ listener: 'own', pool: 'web' }],
  });
  const [own = null, none = null] = gateway.httpListeners;
  expect(customErrorPage(gateway, own, 502)?.customErrorPageUrl).toBe('https://own/502.html');
  expect(customErrorPage(gateway, own, 403)).toBeNull();
  expect(customErrorPage(gateway, none, 403)?.customErrorPageUrl).toBe('https://global/403.html');
  expect(customErrorPage(gateway, null, 502)?.customErrorPageUrl).toBe('https://global/502.html');
});
