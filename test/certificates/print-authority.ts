import { X509Certificate } from 'node:crypto';
import { systemClock } from '../../src/base/clock.ts';
import { openAuthority } from '../../src/certificates/kept-authority.ts';

/** A program of its own: prints the authority of a folder, and the key with which its certificates are made. */
const { authority, notice } = await openAuthority(process.argv[2] ?? '', systemClock);
const leaf = new X509Certificate((await authority.issue(['a.test'])).cert);
console.log(notice, authority.certificatePem, leaf.publicKey.export({ type: 'spki', format: 'pem' }));
