export interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

/** Cuts what a gateway sent over one connection into answers; interim ones are left out. */
export function readAnswers(text: string): Answer[] {
  const answers: Answer[] = [];
  let rest = text;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end === -1) return answers;
    const [statusLine = '', ...headers] = rest.slice(0, end).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
    const body = bodyOf(rest.slice(end + 4), headers);
    if (body === null) return answers;
    if (status >= 200) answers.push({ status, headers, body: body.content });
    rest = rest.slice(end + 4 + body.bytes);
  }
}

function bodyOf(text: string, headers: readonly string[]): { content: string; bytes: number } | null {
  if (headers.some((line) => /^transfer-encoding: chunked$/i.test(line))) return chunksOf(text);
  const length = headers.map((line) => /^content-length: (\d+)$/i.exec(line)?.[1]).find(Boolean);
  const bytes = Number(length ?? 0);
  return text.length < bytes ? null : { content: text.slice(0, bytes), bytes };
}

function chunksOf(text: string): { content: string; bytes: number } | null {
  let content = '';
  for (let at = 0; ; ) {
    const [line, size] = /^([0-9a-f]+)\r\n/i.exec(text.slice(at, at + 18)) ?? [];
    if (line === undefined || size === undefined) return null;
    const from = at + line.length;
    const end = from + Number.parseInt(size, 16);
    if (text.length < end + 2) return null;
    content += text.slice(from, end);
    at = end + 2;
    if (end === from) return { content, bytes: at };
  }
}
