import type { Clock } from '../../base/clock.ts';

/** Answers have some kilobytes, mostly certificates. */
const maximumAnswerBytes = 64 * 1024;
const askMilliseconds = 10_000;

/**
 * Sends a question to a responder and gets its answer: with GET and the question in the path, as NGINX, which v2 is
 * made of, does. https://www.rfc-editor.org/rfc/rfc6960#appendix-A.1
 *
 * @param stopped ends the wait early: a question that is open keeps the process alive
 * @returns a text that says why there is no answer
 */
export async function askResponder(
  responder: string,
  question: Buffer,
  { clock, stopped }: { readonly clock: Clock; readonly stopped: AbortSignal },
): Promise<Buffer | string> {
  const abort = new AbortController();
  const giveUp = () => abort.abort();
  const timer = clock.after(askMilliseconds, giveUp);
  stopped.addEventListener('abort', giveUp);
  try {
    stopped.throwIfAborted();
    const path = encodeURIComponent(question.toString('base64'));
    const response = await fetch(`${responder.replace(/\/$/, '')}/${path}`, {
      headers: { accept: 'application/ocsp-response' },
      redirect: 'error',
      signal: abort.signal,
    });
    if (response.status !== 200) return `it answers ${response.status}`;
    return await readAnswer(response);
  } catch (error) {
    if (stopped.aborted) return 'the gateway was stopped';
    return abort.signal.aborted ? `it did not answer in ${askMilliseconds / 1000} s` : reasonOf(error);
  } finally {
    timer.dispose();
    stopped.removeEventListener('abort', giveUp);
    abort.abort();
  }
}

async function readAnswer({ body }: Response): Promise<Buffer | string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > maximumAnswerBytes) return 'its answer is too large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** `fetch` hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
