import { TemplateFault } from '../template-fault.ts';
import type { ObjectValue, Value } from '../value.ts';
import { getValue, integerValue, objectValue, stringValue } from '../value.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';
import { functionFault } from './function-fault.ts';

const uri = defineFunction({
  name: 'uri',
  family: 'string',
  description: 'Resolves a relative reference against an absolute URI.',
  parameters: [
    { name: 'baseUri', type: 'string' },
    { name: 'relativeUri', type: 'string' },
  ],
  call: ([base, relative]) => {
    const parsed = parseAbsolute(base);
    if (parsed === undefined) {
      throw new TemplateFault(
        `The template language function 'uri' expects its first argument to be a uri string. The provided value is '${base}'. Please see https://aka.ms/arm-functions#uri for usage details.`,
      );
    }
    if (!URL.canParse(relative, parsed.href)) {
      throw functionFault('uri', `The second argument cannot be resolved. The provided value is '${relative}'.`);
    }
    return new URL(relative, parsed).href;
  },
});

/** Asks for `scheme://` or `scheme:`, because without it a path with a colon would pass as a URI. */
function parseAbsolute(text: string): URL | undefined {
  return /^[A-Za-z][A-Za-z\d+.-]*:/.test(text) && URL.canParse(text) ? new URL(text) : undefined;
}

const parseUri = defineFunction({
  name: 'parseUri',
  family: 'string',
  description: 'Takes a URI apart into scheme, host, port, path and query.',
  parameters: [{ name: 'uriString', type: 'string' }],
  call: ([text]) => {
    const parsed = parseAbsolute(text);
    if (parsed === undefined || parsed.hostname === '') {
      throw functionFault('parseUri', `The argument is not an absolute URI. The provided value is '${text}'.`);
    }
    return objectValue([...partsOf(parsed)]);
  },
});

function* partsOf(parsed: URL): Generator<readonly [string, Value]> {
  yield ['scheme', stringValue(parsed.protocol.slice(0, -1))];
  yield ['host', stringValue(parsed.hostname)];
  if (parsed.port !== '') yield ['port', integerValue(BigInt(parsed.port))];
  yield ['path', stringValue(parsed.pathname)];
  if (parsed.search !== '') yield ['query', stringValue(parsed.search)];
}

const buildUri = defineFunction({
  name: 'buildUri',
  family: 'string',
  description: 'Puts a URI together from scheme, host, port, path and query.',
  parameters: [{ name: 'components', type: 'object' }],
  call: ([components]) => {
    const scheme = textMember(components, 'scheme');
    const host = textMember(components, 'host');
    if (!scheme || !host) throw functionFault('buildUri', "The argument needs the members 'scheme' and 'host'.");
    const path = textMember(components, 'path') ?? '';
    const query = (textMember(components, 'query') ?? '').replace(/^\?/, '');
    const authority = host + portSuffix(components);
    return `${scheme}://${authority}/${path.replace(/^\//, '')}${query === '' ? '' : `?${query}`}`;
  },
});

function textMember(components: ObjectValue, name: string): string | undefined {
  const value = getValue(components, name);
  if (value === undefined || value.kind === 'Null') return undefined;
  if (value.kind === 'String') return value.value;
  throw functionFault('buildUri', `The member '${name}' must be of type 'String'. It is of type '${value.kind}'.`);
}

function portSuffix(components: ObjectValue): string {
  const port = getValue(components, 'port');
  if (port === undefined || port.kind === 'Null') return '';
  if (port.kind === 'Integer' && port.value >= 0n && port.value <= 65_535n) return `:${port.value}`;
  throw functionFault('buildUri', "The member 'port' must be an integer between 0 and 65535.");
}

export const uriFunctions: readonly TemplateFunction[] = [buildUri, parseUri, uri];
