import { asChunks, chunked, get, hidden, lengthOf, oneRequest, type Payload, post, refused } from './payload.ts';

/** Length and chunks in one request: whoever is in front believes one, whoever is behind the other. */
const lengthBesideChunks: readonly Payload[] = [
  refused('CL.TE', post(`Content-Length: 40\r\n${chunked}`, `0\r\n\r\n${hidden}`)),
  refused('CL.TE with a length of 0', post(`Content-Length: 0\r\n${chunked}`, asChunks(hidden))),
  refused('TE.CL', post(`${chunked}Content-Length: 4\r\n`, asChunks(hidden))),
  refused('TE.CL in a GET', get(`${chunked}Content-Length: 4\r\n`, asChunks(hidden))),
  refused('TE.CL in small letters', post('transfer-encoding: chunked\r\ncontent-length: 4\r\n', asChunks(hidden))),
  refused('TE.CL with a header between', post(`${chunked}X: y\r\nContent-Length: 4\r\n`, asChunks(hidden))),
  {
    name: 'CL.TE behind a sound request',
    bytes: get('') + post(`Content-Length: 5\r\n${chunked}`, `0\r\n\r\n${hidden}`),
    answers: [200, 400],
    reaches: [['/x', 0]],
  },
];

/** Bodies where few expect them. */
const bodies: readonly Payload[] = [
  oneRequest('a GET with a body', get(lengthOf(hidden), hidden)),
  oneRequest('a GET in chunks', get(chunked, asChunks(hidden))),
  oneRequest('a DELETE in chunks', `DELETE ${get(chunked, asChunks(hidden)).slice(4)}`),
  oneRequest('an OPTIONS in chunks', `OPTIONS ${get(chunked, asChunks(hidden)).slice(4)}`),
  oneRequest('a PROPFIND with a body', `PROPFIND ${get(lengthOf(hidden), hidden).slice(4)}`),
  oneRequest('a body that is a request', post(lengthOf(hidden), hidden)),
  refused('a POST without length', post('', hidden)),
  {
    // Two requests for everybody: without a length a PUT has no body.
    name: 'a PUT without length',
    bytes: `PUT ${post('', hidden).slice(5)}`,
    answers: [200, 200],
    reaches: [
      ['/x', 0],
      ['/hidden', 0],
    ],
  },
  { name: 'a body shorter than its length', bytes: post('Content-Length: 100\r\n', hidden), answers: [408] },
];

/** Spellings of `Transfer-Encoding: chunked` that some servers take for one, and others do not. */
const codings: readonly (readonly [name: string, lines: string])[] = [
  ['another word', 'Transfer-Encoding: xchunked\r\n'],
  ['a blank before the colon', 'Transfer-Encoding : chunked\r\n'],
  ['a tab before the colon', 'Transfer-Encoding\t: chunked\r\n'],
  ['a blank before the name', ' Transfer-Encoding: chunked\r\n'],
  ['a vertical tab', 'Transfer-Encoding:\x0bchunked\r\n'],
  ['a form feed', 'Transfer-Encoding: \x0cchunked\r\n'],
  ['a NUL behind', 'Transfer-Encoding: chunked\0\r\n'],
  ['a NUL in the name', 'Transfer-Encoding\0: chunked\r\n'],
  ['a character outside of ASCII in the name', 'Transfer-Encoding\xa0: chunked\r\n'],
  ['double quotes', 'Transfer-Encoding: "chunked"\r\n'],
  ['single quotes', "Transfer-Encoding: 'chunked'\r\n"],
  ['a comma behind', 'Transfer-Encoding: chunked,\r\n'],
  ['identity behind', 'Transfer-Encoding: chunked, identity\r\n'],
  ['identity before', 'Transfer-Encoding: identity, chunked\r\n'],
  ['gzip before', 'Transfer-Encoding: gzip, chunked\r\n'],
  ['chunked twice', 'Transfer-Encoding: chunked, chunked\r\n'],
  ['identity alone', 'Transfer-Encoding: identity\r\n'],
  ['nothing', 'Transfer-Encoding:\r\n'],
  ['identity in a second line', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n'],
  ['identity in a first line', 'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n'],
  ['the same line twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n'],
  ['a parameter', 'Transfer-Encoding: chunked;q=1\r\n'],
  ['a folded value', 'Transfer-Encoding:\r\n chunked\r\n'],
  ['a line folded into another one', 'X: y\r\n Transfer-Encoding: chunked\r\n'],
  ['a bare LF before', 'X: y\nTransfer-Encoding: chunked\r\n'],
  ['a bare CR before', 'X: y\rTransfer-Encoding: chunked\r\n'],
  ['a bare LF behind', 'Transfer-Encoding: chunked\n'],
];

const obfuscations: readonly Payload[] = codings.flatMap(([name, lines]) => [
  refused(`TE.TE: ${name}`, post(lines, asChunks(hidden))),
  refused(`CL.TE: ${name}`, post(`${lengthOf(asChunks(hidden))}${lines}`, asChunks(hidden))),
]);

/** Spellings that everybody reads alike, and a name that must not reach a backend. */
const sound: readonly Payload[] = [
  oneRequest('a coding in capital letters', post('Transfer-Encoding: CHUNKED\r\n', asChunks(hidden))),
  oneRequest('a coding behind a tab', post('Transfer-Encoding:\tchunked\r\n', asChunks(hidden))),
  oneRequest('a coding before a blank', post('Transfer-Encoding: chunked \r\n', asChunks(hidden))),
  oneRequest('a length with an underscore', post(`Content_Length: 4\r\n${chunked}`, asChunks(hidden))),
  refused('a coding with an underscore', post('Transfer_Encoding: chunked\r\n', asChunks(hidden))),
  oneRequest(
    'a coding with an underscore beside a length',
    post(`Transfer_Encoding: chunked\r\n${lengthOf(hidden)}`, hidden),
  ),
  oneRequest('a length with zeros before', post(`Content-Length: 00${hidden.length}\r\n`, hidden)),
];

const lengths: readonly Payload[] = [
  refused('two lengths', post(`Content-Length: 0\r\n${lengthOf(hidden)}`, hidden)),
  refused('two lengths, the longer one first', post(`${lengthOf(hidden)}Content-Length: 0\r\n`, hidden)),
  refused('one length twice', post(`${lengthOf(hidden)}${lengthOf(hidden)}`, hidden)),
  refused('a list of lengths', post(`Content-Length: 0, ${hidden.length}\r\n`, hidden)),
  refused('a list of one length', post(`Content-Length: ${hidden.length}, ${hidden.length}\r\n`, hidden)),
  refused('a length with a plus', post(`Content-Length: +${hidden.length}\r\n`, hidden)),
  refused('a negative length', post(`Content-Length: -${hidden.length}\r\n`, hidden)),
  refused('a length in hexadecimal', post('Content-Length: 0x10\r\n', hidden)),
  refused('a length with a point', post('Content-Length: 1.0\r\n', hidden)),
  refused('a length with an exponent', post('Content-Length: 1e1\r\n', hidden)),
  refused('a length with a blank inside', post('Content-Length: 1 0\r\n', hidden)),
  refused('a length with a blank before the colon', post(`Content-Length : ${hidden.length}\r\n`, hidden)),
  refused('an empty length', post('Content-Length:\r\n', hidden)),
  refused('a quoted length', post('Content-Length: "4"\r\n', hidden)),
  refused('a length with a NUL', post('Content-Length: 4\0\r\n', hidden)),
  refused('a folded length', post('Content-Length: 3\r\n 5\r\n', hidden)),
  refused('a length above 64 bits', post('Content-Length: 18446744073709551616\r\n', hidden)),
  { name: 'a length of 64 bits', bytes: post('Content-Length: 18446744073709551615\r\n', hidden), answers: [413] },
  {
    name: 'a length that no double holds',
    bytes: post('Content-Length: 9007199254740993\r\n', hidden),
    answers: [413],
  },
];

export const framing: readonly Payload[] = [...lengthBesideChunks, ...bodies, ...obfuscations, ...sound, ...lengths];
