import { getSetCookies, Headers } from 'undici';

/** The cookies of one test. All its requests go to one gateway, so whom a cookie is for does not matter here. */
export class CookieJar {
  readonly #values = new Map<string, string>();

  /** Takes up what an answer sets or deletes. */
  store(rawHeaders: readonly string[], now: number): void {
    for (const { name, value, maxAge, expires } of readCookies(rawHeaders)) {
      const isOver = (maxAge !== undefined && maxAge <= 0) || (expires !== undefined && Number(expires) <= now);
      if (isOver) this.#values.delete(name);
      else this.#values.set(name, value);
    }
  }

  /** Value of a `Cookie` header; null when there is nothing to send. */
  header(): string | null {
    if (this.#values.size === 0) return null;
    return Array.from(this.#values, ([name, value]) => `${name}=${value}`).join('; ');
  }
}

export function readCookies(rawHeaders: readonly string[]): ReturnType<typeof getSetCookies> {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === 'set-cookie') headers.append('set-cookie', rawHeaders[index + 1] ?? '');
  }
  return getSetCookies(headers);
}
