/** What the admin server sends; the body is JSON unless a content type says otherwise. */
export type Answer =
  | { readonly status: number; readonly body: unknown }
  | { readonly status: number; readonly contentType: string; readonly content: string | Buffer };

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** In the form of Azure's errors. */
export function refuse(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}
