import type { RawHeaders } from '../routing/route.ts';
import { allHeaders } from './raw-headers.ts';
import type { RewriteContext } from './rewrite-context.ts';
import { serverVariable } from './server-variables.ts';

export type VariableReader = (context: RewriteContext) => string;

/**
 * How to read what a condition or a placeholder names: `var_<server variable>`, `http_req_<header>` or
 * `http_resp_<header>`. undefined when it is none of these. What is missing reads as empty.
 * https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url
 */
export function variableReader(name: string): VariableReader | undefined {
  if (name.startsWith('var_')) return serverVariable(name.slice('var_'.length));
  if (name.startsWith('http_req_')) {
    const read = headerReader(name.slice('http_req_'.length));
    return ({ request }) => read(request.rawHeaders);
  }
  if (name.startsWith('http_resp_')) {
    const read = headerReader(name.slice('http_resp_'.length));
    return ({ response }) => (response === null ? '' : read(response.headers));
  }
  return undefined;
}

function headerReader(name: string): (headers: RawHeaders) => string {
  // `{http_resp_set_cookie}` works as `{http_resp_Set-Cookie}` does (MicrosoftDocs/azure-docs#64826).
  const dashed = name.replaceAll('_', '-');
  return (headers) => joinValues(name, headers) || (dashed === name ? '' : joinValues(dashed, headers));
}

function joinValues(name: string, headers: RawHeaders): string {
  const values = allHeaders(headers, name);
  if (values.length < 2) return values[0] ?? '';
  // A cookie's expiry has a comma in it, so lines of Set-Cookie cannot be joined.
  return name.toLowerCase() === 'set-cookie' ? (values[0] ?? '') : values.join(', ');
}
