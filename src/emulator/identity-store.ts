import type { Clock } from '../base/clock.ts';
import { EmulatorError } from '../base/errors.ts';
import { azureMessage } from '../certificates/certificate-faults.ts';
import { findCertificateFile, readCertificateFile } from '../certificates/certificate-files.ts';
import type { CertificateOptions } from '../certificates/certificate-options.ts';
import { readGivenAuthority } from '../certificates/given-authority.ts';
import type { Issuer } from '../certificates/issue-certificate.ts';
import { openAuthority, openShared } from '../certificates/kept-authority.ts';
import type { LocalAuthority } from '../certificates/local-authority.ts';
import { identityFromPfx, type ReadIdentity } from '../certificates/read-identity.ts';
import type { TlsIdentity } from '../certificates/tls-identity.ts';
import type { HttpListener, SslCertificate } from '../gateway/model.ts';
import type { Notice } from '../observability/emulator-events.ts';

/** A listener's certificate, and what has to be said about it. */
export interface ListenerIdentity {
  readonly notice: Notice | null;
  /** null for a listener that Azure would disable. */
  identity(): Promise<TlsIdentity | null>;
}

export interface IdentitySources extends CertificateOptions {
  /** The authority of a gateway that several processes serve, once one of them has opened it. */
  readonly sharedAuthority?: (() => Issuer | null) | undefined;
}

/** The certificates of HTTPS listeners: those of the template where it holds them, else made by a local authority. */
export class IdentityStore {
  readonly #clock: Clock;
  readonly #options: CertificateOptions;
  readonly #sharedAuthority: () => Issuer | null;
  readonly #onNotice: (message: string) => void;
  /** Opening a file takes some milliseconds; what did not change keeps its certificate over deployments. */
  readonly #opened = new Map<string, Promise<ReadIdentity>>();
  /** What each file held when it was last read, by its path. */
  readonly #read = new Map<string, string>();
  /** The file that a listener shows, or would if it were of use, by the listener's ID. */
  readonly #shown = new Map<string, string>();
  #opening: Promise<LocalAuthority> | null = null;
  #authority: LocalAuthority | null = null;

  constructor(clock: Clock, { sharedAuthority, ...options }: IdentitySources, onNotice: (message: string) => void) {
    this.#clock = clock;
    this.#options = options;
    this.#sharedAuthority = sharedAuthority ?? (() => null);
    this.#onNotice = onNotice;
  }

  /** Certificate and key of the authority; null while no listener needs it. */
  get authority(): Issuer | null {
    return this.#authority?.issuer ?? null;
  }

  /** Paths of the files whose certificates are shown. */
  get files(): readonly string[] {
    return [...this.#read.keys()];
  }

  async identityFor(listener: HttpListener): Promise<ListenerIdentity> {
    const { sslCertificate: certificate } = listener;
    const file = certificate === null ? null : await this.#fromFile(listener, certificate);
    if (file !== null) return file;
    if (certificate !== null && certificate.data !== null && certificate.isStandIn !== true) {
      return this.#fromTemplate(listener, certificate, certificate.data);
    }
    return this.#standIn(listener);
  }

  /**
   * The same some time later, when the file may be another. One that is of no use any more disables the listener, as a
   * secret that Key Vault has no more does.
   * https://learn.microsoft.com/azure/application-gateway/disabled-listeners
   */
  async identityAgain(listener: HttpListener): Promise<ListenerIdentity> {
    const before = new Map(this.#read);
    const path = this.#shown.get(listener.id);
    try {
      const again = await this.identityFor(listener);
      if (path !== undefined && !this.#shown.has(listener.id)) {
        this.#shown.set(listener.id, path);
        throw new EmulatorError('FileUnreadable', `'${path}' is not there any more.`);
      }
      const renewed = [...this.#read].find(([path, cert]) => before.get(path) !== cert);
      if (renewed === undefined) return { ...again, notice: null };
      const message = `The certificate in '${renewed[0]}' has changed and is shown from now on.`;
      return { ...again, notice: { severity: 'info', message } };
    } catch (error) {
      if (!(error instanceof EmulatorError)) throw error;
      const message = `Listener '${listener.name}' is disabled, as Azure would not find its certificate: ${error.message}`;
      return { notice: { severity: 'error', message }, identity: async () => null };
    }
  }

  /** A file wins over the template, whose certificate may be that of production. */
  async #fromFile(listener: HttpListener, certificate: SslCertificate): Promise<ListenerIdentity | null> {
    const file = await findCertificateFile(this.#options.files ?? {}, certificate);
    if (file === null) {
      this.#shown.delete(listener.id);
      return null;
    }
    this.#shown.set(listener.id, file.path);
    this.#read.delete(file.path);
    const identity = await readCertificateFile(file);
    this.#read.set(file.path, identity.cert);
    const message = `Listener '${listener.name}' shows the certificate in '${file.path}' for '${certificate.name}'.`;
    return { notice: { severity: 'info', message }, identity: async () => identity };
  }

  async #fromTemplate(listener: HttpListener, certificate: SslCertificate, data: string): Promise<ListenerIdentity> {
    const { id, password } = certificate;
    const read: ReadIdentity =
      password === null ? { kind: 'fault', fault: 'noPassword' } : await this.#open(data, password);
    if (read.kind === 'identity') return { notice: null, identity: async () => read.identity };
    if (!mayBeCertificate(data)) return this.#inPlaceOfText(listener, azureMessage(read.fault, id));
    const message = `Listener '${listener.name}' is disabled, as Azure would refuse its certificate: ${azureMessage(read.fault, id)}`;
    return { notice: { severity: 'error', message }, identity: async () => null };
  }

  /**
   * What is no certificate in any form is a token that somebody's pipeline replaces before it deploys; the listener can
   * be tried all the same.
   */
  async #inPlaceOfText(listener: HttpListener, azureSays: string): Promise<ListenerIdentity> {
    const { identity } = await this.#standIn(listener);
    const message = `Listener '${listener.name}' shows a certificate made by a local authority, as the template has only text in place of one: ${azureSays}`;
    return { notice: { severity: 'warning', message }, identity };
  }

  #open(data: string, password: string): Promise<ReadIdentity> {
    const key = JSON.stringify([data, password]);
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    const opened = identityFromPfx(data, password);
    this.#opened.set(key, opened);
    return opened;
  }

  /** A certificate for the listener's host names, made when the first client comes. */
  async #standIn({ name, hostNames, sslCertificate }: HttpListener): Promise<ListenerIdentity> {
    this.#opening ??= this.#openAuthority();
    const authority = await this.#opening;
    const instead = sslCertificate === null ? '' : ` instead of '${sslCertificate.name}'`;
    const message = `Listener '${name}' shows a certificate made by a local authority${instead}.`;
    return { notice: { severity: 'info', message }, identity: () => authority.issue(hostNames) };
  }

  async #openAuthority(): Promise<LocalAuthority> {
    const { authority: path, dataFolder = null } = this.#options;
    const shared = this.#sharedAuthority();
    if (shared !== null) {
      this.#authority = openShared(shared, dataFolder, this.#clock);
    } else if (path === undefined) {
      const { authority, notice } = await openAuthority(dataFolder, this.#clock);
      if (notice !== null) this.#onNotice(notice);
      this.#authority = authority;
    } else {
      this.#authority = await readGivenAuthority(path, this.#clock);
    }
    return this.#authority;
  }
}

/** Whether the text is base64 of what begins as DER does, or of PEM. */
function mayBeCertificate(data: string): boolean {
  const bytes = Buffer.from(data, 'base64');
  const sequence = 0x30;
  return (bytes[0] === sequence && /^[\w+/=\s]+$/.test(data)) || bytes.includes('-----BEGIN');
}
