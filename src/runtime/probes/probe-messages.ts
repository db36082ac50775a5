/**
 * What Azure writes into `healthProbeLog`, word for word.
 * https://learn.microsoft.com/troubleshoot/azure/application-gateway/application-gateway-backend-health-troubleshooting
 */
export const probeMessages = {
  success: (status: number) => `Success. Received ${status} status code`,
  timeout:
    "Time taken by the backend to respond to application gateway's health probe is more than the timeout threshold in the probe setting.",
  dns: 'Application Gateway could not create a probe for this backend. This usually happens when the FQDN of the backend has not been entered correctly.',
  connect:
    'Application Gateway could not connect to the backend. Check that the backend responds on the port used for the probe. Also check whether any NSG/UDR/Firewall is blocking access to the Ip and port of this backend.',
  status: (expected: string, received: number) =>
    `Status code of the backend's HTTP response did not match the probe setting. Expected:${expected} Received:${received}.`,
  body: (expected: string) =>
    `Body of the backend's HTTP response did not match the probe setting. Received response body doesn't contain ${expected}.`,
  commonName: {
    v1: "The Common Name (CN) of the backend certificate doesn't match.",
    v2: 'The Common Name of the leaf certificate presented by the backend server does not match the Probe or Backend Setting hostname of the application gateway.',
  },
  expired:
    'Backend certificate is invalid. Current date is not within the "Valid from" and "Valid to" date range on the certificate.',
  noIntermediate:
    'The Intermediate certificate is missing from the certificate chain presented by the backend server. Ensure the certificate chain is complete and correctly ordered on the backend server.',
  noLeaf:
    'The Leaf certificate is missing from the certificate chain presented by the backend server. Ensure the chain is complete and correctly ordered on the backend server.',
  leafNotTopmost:
    'The Leaf certificate is not the topmost certificate in the chain presented by the backend server. Ensure the certificate chain is correctly ordered on the backend server.',
  unknownIssuer:
    'The backend Server certificate is not signed by a well-known Certificate Authority (CA). To use unknown CA certificates, its Root certificate must be uploaded to the Backend Setting of the application gateway.',
  unknownIntermediate:
    'The Intermediate certificate is not signed by a well-known Certificate Authority (CA). Ensure the certificate chain is complete and correctly ordered on the backend server.',
  intermediateNotByUploadedRoot:
    'The Intermediate certificate not signed by any Root certificates uploaded to the application gateway. Ensure the certificate chain is complete and correctly ordered on the backend server.',
  rootMismatch:
    "The root certificate of the server certificate used by the backend doesn't match the trusted root certificate added to the application gateway. Ensure that you add the correct root certificate to allowlist the backend.",
  otherCertificateFault: (code: string | number) =>
    `The validity of the backend certificate could not be verified. To find out the reason, check OpenSSL diagnostics for the message associated with error code ${code}`,
  unknown:
    'The backend health status could not be retrieved. This happens when an NSG/UDR/Firewall on the application gateway subnet is blocking traffic on ports 65503-65534 in case of v1 SKU, and ports 65200-65535 in case of the v2 SKU or if the FQDN configured in the backend pool could not be resolved to an IP address. To learn more visit - https://aka.ms/UnknownBackendHealth.',
} as const;
