/**
 * The cipher suites of Azure's policies, in the order in which the documentation lists them, which is taken for their
 * priority. Groups are those that policies have in common:
 * A TLS 1.3, B ECDHE with GCM, C and C2 ECDHE with CBC and SHA-2, D ECDHE with CBC and SHA-1, E DHE, F plain RSA, H 3DES.
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview
 */
export interface CipherSuite {
  /** IANA's name, which templates use. */
  readonly name: string;
  /** OpenSSL's name. */
  readonly openSslName: string;
  readonly group: SuiteGroup;
  /** Number on the wire. */
  readonly id: number;
}

export type SuiteGroup = 'A' | 'B' | 'C' | 'C2' | 'D' | 'E' | 'F' | 'H';

const rows: readonly (readonly [id: number, group: SuiteGroup, name: string, openSslName: string])[] = [
  [0x1301, 'A', 'TLS_AES_128_GCM_SHA256', 'TLS_AES_128_GCM_SHA256'],
  [0x1302, 'A', 'TLS_AES_256_GCM_SHA384', 'TLS_AES_256_GCM_SHA384'],
  [0xc030, 'B', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'],
  [0xc02f, 'B', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'],
  [0xc028, 'C', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 'ECDHE-RSA-AES256-SHA384'],
  [0xc027, 'C', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', 'ECDHE-RSA-AES128-SHA256'],
  [0xc014, 'D', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA', 'ECDHE-RSA-AES256-SHA'],
  [0xc013, 'D', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', 'ECDHE-RSA-AES128-SHA'],
  [0x009f, 'E', 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'DHE-RSA-AES256-GCM-SHA384'],
  [0x009e, 'E', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'DHE-RSA-AES128-GCM-SHA256'],
  [0x0039, 'E', 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA', 'DHE-RSA-AES256-SHA'],
  [0x0033, 'E', 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'DHE-RSA-AES128-SHA'],
  [0x009d, 'F', 'TLS_RSA_WITH_AES_256_GCM_SHA384', 'AES256-GCM-SHA384'],
  [0x009c, 'F', 'TLS_RSA_WITH_AES_128_GCM_SHA256', 'AES128-GCM-SHA256'],
  [0x003d, 'F', 'TLS_RSA_WITH_AES_256_CBC_SHA256', 'AES256-SHA256'],
  [0x003c, 'F', 'TLS_RSA_WITH_AES_128_CBC_SHA256', 'AES128-SHA256'],
  [0x0035, 'F', 'TLS_RSA_WITH_AES_256_CBC_SHA', 'AES256-SHA'],
  [0x002f, 'F', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'AES128-SHA'],
  [0xc02c, 'B', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
  [0xc02b, 'B', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  [0xc024, 'C2', 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384', 'ECDHE-ECDSA-AES256-SHA384'],
  [0xc023, 'C2', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', 'ECDHE-ECDSA-AES128-SHA256'],
  [0xc00a, 'D', 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA', 'ECDHE-ECDSA-AES256-SHA'],
  [0xc009, 'D', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', 'ECDHE-ECDSA-AES128-SHA'],
  [0x006a, 'E', 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA256', 'DHE-DSS-AES256-SHA256'],
  [0x0040, 'E', 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA256', 'DHE-DSS-AES128-SHA256'],
  [0x0038, 'E', 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA', 'DHE-DSS-AES256-SHA'],
  [0x0032, 'E', 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA', 'DHE-DSS-AES128-SHA'],
  [0x000a, 'H', 'TLS_RSA_WITH_3DES_EDE_CBC_SHA', 'DES-CBC3-SHA'],
  [0x0013, 'H', 'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA', 'DHE-DSS-DES-CBC3-SHA'],
];

export const cipherSuites: readonly CipherSuite[] = rows.map(([id, group, name, openSslName]) => ({
  id,
  group,
  name,
  openSslName,
}));

const namesById = new Map(cipherSuites.map(({ id, openSslName }) => [id, openSslName]));

/** OpenSSL's name of a suite; NGINX shows the number of one that it does not know. */
export function nameOfSuite(id: number): string {
  return namesById.get(id) ?? `0x${id.toString(16).padStart(4, '0')}`;
}
