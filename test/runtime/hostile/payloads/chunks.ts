import { chunked, hidden, oneRequest, type Payload, post, refused } from './payload.ts';

const inChunks = (body: string) => post(chunked, body);
const taken = (name: string, body: string) => oneRequest(name, inChunks(body), 5);
const stopped = (name: string, body: string) => refused(name, inChunks(body));

/** Bodies of `hello` whose chunks are odd, or not what they seem. */
export const chunks: readonly Payload[] = [
  taken('an extension', '5;a=b\r\nhello\r\n0\r\n\r\n'),
  taken('an extension in quotes', '5;a="b;c"\r\nhello\r\n0\r\n\r\n'),
  taken('an extension of the last chunk', `5\r\nhello\r\n0;${'a'.repeat(100)}\r\n\r\n`),
  taken('zeros before a size', '00000000000000000005\r\nhello\r\n0\r\n\r\n'),
  taken('many zeros as the last size', '5\r\nhello\r\n00000\r\n\r\n'),
  taken('a trailer', '5\r\nhello\r\n0\r\nX-A: b\r\n\r\n'),
  taken('a trailer that is a Host', '5\r\nhello\r\n0\r\nHost: b\r\n\r\n'),
  taken('a trailer that is an identity', '5\r\nhello\r\n0\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n'),
  stopped('an extension with a bare LF', '5;a\nhello\r\n0\r\n\r\n'),
  stopped('a request behind the bare LF of an extension', `5;\n${hidden}\r\n0\r\n\r\n`),
  stopped('an extension with a bare CR', '5;a\rb\r\nhello\r\n0\r\n\r\n'),
  stopped('a line end in the quotes of an extension', '5;a="\r\nhello"\r\n0\r\n\r\n'),
  stopped('an extension of 20 KB', `5;${'a'.repeat(20_000)}\r\nhello\r\n0\r\n\r\n`),
  stopped('a blank where an extension begins', '5 a\r\nhello\r\n0\r\n\r\n'),
  stopped('a blank before a size', ' 5\r\nhello\r\n0\r\n\r\n'),
  stopped('a blank behind a size', '5 \r\nhello\r\n0\r\n\r\n'),
  stopped('a tab behind a size', '5\t\r\nhello\r\n0\r\n\r\n'),
  stopped('a NUL behind a size', '5\0\r\nhello\r\n0\r\n\r\n'),
  stopped('a negative size', '-5\r\nhello\r\n0\r\n\r\n'),
  stopped('a size with a plus', '+5\r\nhello\r\n0\r\n\r\n'),
  stopped('a size with 0x', '0x5\r\nhello\r\n0\r\n\r\n'),
  stopped('a size with an underscore', '0_5\r\nhello\r\n0\r\n\r\n'),
  stopped('a size above 64 bits', '10000000000000005\r\nhello\r\n0\r\n\r\n'),
  stopped('no size', '\r\nhello\r\n0\r\n\r\n'),
  stopped('a chunk longer than its size', '4\r\nhello\r\n0\r\n\r\n'),
  stopped('a chunk shorter than its size', '6\r\nhello\r\n0\r\n\r\n'),
  stopped('a bare LF behind a size', '5\nhello\r\n0\r\n\r\n'),
  stopped('a bare CR behind a size', '5\rhello\r\n0\r\n\r\n'),
  stopped('two CRs behind a size', '5\r\r\nhello\r\n0\r\n\r\n'),
  stopped('a bare LF behind a chunk', '5\r\nhello\n0\r\n\r\n'),
  stopped('bare LFs at the end', '5\r\nhello\r\n0\n\n'),
  stopped('a trailer that is a length', `5\r\nhello\r\n0\r\nContent-Length: ${hidden.length}\r\n\r\n`),
  stopped('a trailer that is a coding', '5\r\nhello\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n'),
  stopped('a trailer that is none', '5\r\nhello\r\n0\r\nbad trailer\r\n\r\n'),
  stopped('a trailer with a bare LF', '5\r\nhello\r\n0\r\nX: y\n\r\n\r\n'),
  stopped('a request where trailers are', `5\r\nhello\r\n0\r\n${hidden}`),
  { name: 'no last chunk', bytes: inChunks('5\r\nhello\r\n'), answers: [408] },
  { name: 'no end behind the last chunk', bytes: inChunks('5\r\nhello\r\n0\r\n'), answers: [408] },
];
