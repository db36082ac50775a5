/** What one client sends over one connection, and what has to come of it. */
export interface Payload {
  readonly name: string;
  readonly bytes: string;
  /** Statuses of the gateway's answers, in their order. */
  readonly answers: readonly number[];
  /** Targets of the requests that the backend sees, each with the length of its body; none unless set. */
  readonly reaches?: readonly (readonly [target: string, bodyBytes: number])[];
}

/** What an attacker wants a backend to take for a request of its own. */
export const hidden = 'GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n';

export const chunked = 'Transfer-Encoding: chunked\r\n';

export function post(headers: string, body: string): string {
  return `POST /x HTTP/1.1\r\nHost: a\r\n${headers}\r\n${body}`;
}

export function get(headers: string, rest = ''): string {
  return `GET /x HTTP/1.1\r\nHost: a\r\n${headers}\r\n${rest}`;
}

export function lengthOf(text: string): string {
  return `Content-Length: ${text.length}\r\n`;
}

export function asChunks(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
}

export function refused(name: string, bytes: string): Payload {
  return { name, bytes, answers: [400] };
}

/** What is one request, with a body that hides another one, for client, gateway and backend alike. */
export function oneRequest(name: string, bytes: string, bodyBytes: number = hidden.length): Payload {
  return { name, bytes, answers: [200], reaches: [['/x', bodyBytes]] };
}
