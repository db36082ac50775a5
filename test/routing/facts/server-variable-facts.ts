import type { GatewaySpec } from '../gateway-spec.ts';
import type { RequestSpec } from '../request-fixture.ts';
import { type Fact, factsAbout, sources } from './fact.ts';

const { rewrite, routing, choice } = sources;
const http: RequestSpec = { url: 'http://shop.contoso.com:8080/a/b?c=d&e=f', method: 'DELETE' };
const https: RequestSpec = { url: 'https://shop.contoso.com/a' };

const rows: readonly (readonly [variable: string, request: RequestSpec, value: string | null, source: string])[] = [
  ['var_add_x_forwarded_for_proxy', http, '203.0.113.7', rewrite],
  ['var_ciphers_used', https, 'ECDHE-RSA-AES256-GCM-SHA384', rewrite],
  ['var_ciphers_used', http, null, choice],
  ['var_ciphers_supported', https, 'ECDHE-RSA-AES256-GCM-SHA384:AES256-SHA', rewrite],
  ['var_client_ip', http, '203.0.113.7', rewrite],
  ['var_client_port', http, '51000', rewrite],
  ['var_client_tcp_rtt', http, null, choice],
  ['var_client_user', { ...http, headers: [['Authorization', 'Basic YWxpY2U6c2VjcmV0']] }, 'alice', rewrite],
  ['var_client_user', { ...http, headers: [['Authorization', 'Bearer abc']] }, null, rewrite],
  ['var_cookie_session', { ...http, headers: [['Cookie', 'a=b; session=42; c=d']] }, '42', rewrite],
  ['var_cookie_none', { ...http, headers: [['Cookie', 'a=b']] }, null, rewrite],
  ['var_host', http, 'shop.contoso.com', rewrite],
  ['http_req_host', http, 'shop.contoso.com:8080', routing],
  [
    'var_host',
    { ...http, target: 'http://line.contoso.com/', host: 'header.contoso.com' },
    'line.contoso.com',
    rewrite,
  ],
  ['var_http_method', http, 'DELETE', rewrite],
  ['var_http_status', http, null, choice],
  ['var_http_version', http, 'HTTP/1.1', rewrite],
  ['var_query_string', http, 'c=d&e=f', rewrite],
  ['var_query_string', https, null, rewrite],
  ['var_request_query', http, 'c=d&e=f', rewrite],
  ['var_received_bytes', { ...http, headers: [['Content-Length', '100']] }, '182', choice],
  ['var_request_scheme', http, 'http', rewrite],
  ['var_request_scheme', https, 'https', rewrite],
  ['var_request_uri', http, '/a/b?c=d&e=f', rewrite],
  ['var_request_uri', https, '/a', rewrite],
  ['var_sent_bytes', http, '0', choice],
  ['var_server_port', http, '8080', rewrite],
  ['var_ssl_connection_protocol', https, 'TLSv1.2', rewrite],
  ['var_ssl_enabled', https, 'On', rewrite],
  ['var_ssl_enabled', http, null, rewrite],
  ['var_uri_path', http, '/a/b', rewrite],
  [
    'var_client_certificate',
    https,
    '-----BEGIN%20CERTIFICATE-----%0AMIIB%0A-----END%20CERTIFICATE-----',
    'https://github.com/ronaldbosma/mtls-with-apim-and-agw',
  ],
  ['var_client_certificate_subject', https, 'CN=alice', rewrite],
  ['var_client_certificate_issuer', https, 'CN=ca', rewrite],
  ['var_client_certificate_serial', https, '01', rewrite],
  ['var_client_certificate_fingerprint', https, 'ab', rewrite],
  ['var_client_certificate_start_date', https, 'Jan 1 00:00:00 2026 GMT', rewrite],
  ['var_client_certificate_end_date', https, 'Jan 1 00:00:00 2027 GMT', rewrite],
  ['var_client_certificate_verification', https, 'SUCCESS', rewrite],
  ['var_client_certificate_verification', http, null, rewrite],
];

/** One gateway for all of them, with a header for each variable; the URL is rewritten, which no variable may show. */
const gateway: GatewaySpec = {
  listeners: [
    { name: 'http', port: 8080 },
    { name: 'https', protocol: 'Https' },
  ],
  rules: [
    { listener: 'http', pool: 'web', rewrites: 'set' },
    { listener: 'https', pool: 'web', rewrites: 'set' },
  ],
  rewrites: {
    set: [{ path: '/new', query: 'new', request: rows.map(([variable]) => [headerFor(variable), `{${variable}}`]) }],
  },
};

function headerFor(variable: string): string {
  return `X-${variable.replaceAll('_', '-')}`;
}

export const serverVariableFacts: readonly Fact[] = rows.flatMap(([variable, request, value, source]) =>
  factsAbout(gateway, [
    [`{${variable}} is ${value ?? 'empty'}`, source, request, { toServer: { [headerFor(variable)]: value } }],
  ]),
);
