import { isIP } from 'node:net';
import { parseLocalAddress } from '../base/local-address.ts';
import { parseServerTarget } from '../base/server-target.ts';
import type { BackendEntry, BackendPlace } from './config.ts';
import {
  exactlyOne,
  filledList,
  keyed,
  mapping,
  oneOf,
  optional,
  record,
  type Shape,
  scalar,
  withHint,
} from './shape.ts';

const ipAddress = scalar<string>({
  name: 'an IPv4 or IPv6 address',
  schema: { type: 'string' },
  accept: (value) => (typeof value === 'string' && isIP(value) !== 0 ? value : undefined),
});

const path = textThat('a path', (text) => /\S/.test(text));

/** Where a server is, as on the command line. */
const target = textThat("'host:port' or a URL without a path", (text) => parseServerTarget(text) !== null);

/** `hosts:`. */
export const hostAddresses = withHint(
  keyed(
    nameThat(
      (name) => (isIP(name) === 0 ? null : 'is an address already, and only names are given addresses.'),
      "'backends' says where members with an address really are, as in { 10.0.0.4: 'localhost:3000' }.",
    ),
    record(oneOf<string | readonly string[]>('an IP address or a list of them', [ipAddress, filledList(ipAddress)])),
  ),
  'As in hosts: { vm.contoso.com: [127.0.0.2, 127.0.0.3] }',
);

const place: Shape<BackendPlace> = exactlyOne(
  mapping<Exclude<BackendPlace, string>>({
    target: optional(target, 'where the server is'),
    folder: optional(path, 'folder whose files are shown'),
    response: optional(path, 'file with one response'),
  }),
  ['target', 'folder', 'response'],
);

const portOfSettings = nameThat(
  (name) => (isPort(name) ? null : 'is no port: a number from 1 to 65535, as the backend settings have it.'),
  'As in ports: { 80: localhost:3000, 8443: https://localhost:3001 }',
);

/** One entry of `backends:`. */
export const backendSpec: Shape<BackendEntry> = withHint(
  oneOf<BackendEntry>("'host:port', a URL without a path, or a mapping with folder, response or ports", [
    target,
    exactlyOne(
      mapping<Exclude<BackendEntry, string>>({
        target: optional(target, 'where the server is'),
        folder: optional(path, 'folder whose files are shown'),
        response: optional(path, 'file with one response'),
        ports: optional(
          keyed(portOfSettings, record(oneOf<BackendPlace>("'host:port' or a URL without a path", [target, place]))),
          'one of these for each port',
        ),
      }),
      ['target', 'folder', 'response', 'ports'],
    ),
  ]),
  "As in 'localhost:3000', 'https://localhost:3001', { folder: ./static } or { ports: { 80: localhost:3000 } }",
);

/** `listen:`. */
export const listenPlaces = withHint(
  keyed(
    nameThat(
      (name) => (name === 'all' || isPort(name) ? null : "is neither a frontend port nor 'all'."),
      "As in listen: { 443: 8443, 80: '127.0.0.2:8080' } or listen: { all: 0 }",
    ),
    record(textThat("a port or 'address:port'", (text) => parseLocalAddress(text) !== null)),
  ),
  "As in listen: { 443: 8443, 80: '127.0.0.2:8080' } or listen: { all: 0 }",
);

/** `admin:`. */
export const adminPlace = withHint(
  textThat("a port, 'address:port' or off", (text) => text === 'off' || parseLocalAddress(text) !== null),
  'As in admin: 9901 or admin: off',
);

/** `bind:`: an address, or a name of this machine. */
export const bindAddress = withHint(
  textThat('an address of this machine', (text) => isIP(text) !== 0 || /^[a-z][\w.-]*$/i.test(text)),
  'As in bind: 0.0.0.0',
);

const isWebUrl = (text: string) => URL.canParse(text) && /^https?:/i.test(text);
const asResponders = 'As in ocspResponders: { http://ocsp.contoso.com: http://127.0.0.1:2560 }';

/** `ocspResponders:`. */
export const responderUrls = withHint(
  keyed(
    nameThat((name) => (isWebUrl(name) ? null : 'is no URL, as certificates name their responder.'), asResponders),
    record(textThat('a URL', isWebUrl)),
  ),
  asResponders,
);

function textThat(name: string, isFine: (text: string) => boolean): Shape<string> {
  return scalar({
    name,
    schema: { type: ['string', 'number'] },
    accept(value) {
      if (typeof value !== 'string' && typeof value !== 'number') return undefined;
      return isFine(String(value)) ? String(value) : undefined;
    },
  });
}

/** The name of a member, of which it can be told what is wrong with it. */
function nameThat(faultOf: (name: string) => string | null, hint: string): Shape<string> {
  return {
    name: 'a name',
    schema: { type: 'string' },
    read(value, path, problems) {
      const name = String(value);
      const fault = faultOf(name);
      if (fault === null) return name;
      problems.push({ path, message: `'${name}' ${fault}`, hint, isOfName: true });
      return undefined;
    },
  };
}

function isPort(text: string): boolean {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535;
}
