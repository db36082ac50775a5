import { X509Certificate } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { askResponder } from './ask-responder.ts';
import { type Revocation, type RevocationCheck, responderOf } from './revocation.ts';

/** Where responders really are, by the URL that certificates have for them. */
export type Responders = Readonly<Record<string, string>>;

/** NGINX's. */
const retryMilliseconds = 5 * 60_000;

/** Asks the responders that certificates name, and keeps their answers for as long as these hold. */
export class OcspClient implements RevocationCheck {
  readonly #clock: Clock;
  readonly #responders: ReadonlyMap<string, string>;
  readonly #kept = new Map<string, Revocation>();
  /** When a responder whose answer was of no use may be asked again for the sake of clients that do not wait. */
  readonly #retryAt = new Map<string, number>();
  readonly #asking = new Map<string, Promise<Revocation>>();
  readonly #stop = new AbortController();

  constructor(clock: Clock, responders: Responders = {}) {
    this.#clock = clock;
    this.#responders = new Map(Object.entries(responders).map(([named, real]) => [plainUrl(named), real]));
  }

  /** What the responder says, now or at an earlier time. Never rejects. */
  async statusOf(certificate: X509Certificate, issuer: X509Certificate): Promise<Revocation> {
    const key = keyOf(certificate, issuer);
    const kept = this.#kept.get(key);
    if (kept !== undefined && this.#isCurrent(kept)) return kept;
    // Connections that come at the same time share one question.
    return this.#asking.get(key) ?? this.#start(key, certificate, issuer);
  }

  /**
   * The answer to be sent along with a certificate of ours, when the responder has said that it is good; both in DER.
   * Nobody waits for the responder: it is asked meanwhile, as by NGINX, which v2 is made of.
   */
  staple(certificateDer: Buffer, issuerDer: Buffer): Buffer | null {
    const [certificate, issuer] = [new X509Certificate(certificateDer), new X509Certificate(issuerDer)];
    const key = keyOf(certificate, issuer);
    const kept = this.#kept.get(key);
    if (kept !== undefined && this.#isCurrent(kept)) {
      return kept.kind === 'answered' && kept.status === 'good' ? kept.response : null;
    }
    const now = this.#clock.now();
    if (responderOf(certificate) !== null && now >= (this.#retryAt.get(key) ?? now)) {
      this.#retryAt.set(key, now + retryMilliseconds);
      void this.statusOf(certificate, issuer);
    }
    return null;
  }

  /** Gives up questions that are open; later ones are not asked. */
  dispose(): void {
    this.#stop.abort();
  }

  #start(key: string, certificate: X509Certificate, issuer: X509Certificate): Promise<Revocation> {
    const asking = this.#ask(certificate, issuer)
      .catch((error: unknown) => unavailable(String(error)))
      .then((answer) => {
        this.#asking.delete(key);
        if (this.#isCurrent(answer)) this.#kept.set(key, answer);
        else this.#kept.delete(key);
        return answer;
      });
    this.#asking.set(key, asking);
    return asking;
  }

  #isCurrent(revocation: Revocation): boolean {
    return revocation.kind === 'answered' && (revocation.validUntil ?? 0) > this.#clock.now();
  }

  async #ask(certificate: X509Certificate, issuer: X509Certificate): Promise<Revocation> {
    const named = responderOf(certificate);
    if (named === null) return unavailable('it names no OCSP responder');
    // Parsing ASN.1 takes some loading, which only those wait for who ask.
    const { encodeOcspRequest, readOcspResponse } = await import('./ocsp-messages.ts');
    const question = { certificate, issuer };
    const request = await encodeOcspRequest(question);
    const answer = await askResponder(this.#responders.get(plainUrl(named)) ?? named, request, {
      clock: this.#clock,
      stopped: this.#stop.signal,
    });
    const read =
      typeof answer === 'string' ? unavailable(answer) : await readOcspResponse(answer, question, this.#clock.now());
    return read.kind === 'unavailable' ? unavailable(`its OCSP responder ${named} is of no help: ${read.why}`) : read;
  }
}

function keyOf(certificate: X509Certificate, issuer: X509Certificate): string {
  return `${certificate.fingerprint256} ${issuer.fingerprint256}`;
}

/** Hosts go by any letter case, and a slash at the end does not matter. */
function plainUrl(url: string): string {
  return (URL.canParse(url) ? new URL(url).href : url).replace(/\/$/, '');
}

function unavailable(why: string): Revocation {
  return { kind: 'unavailable', why };
}
