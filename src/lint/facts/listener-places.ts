import type { HttpListener } from '../../gateway/model.ts';

/** Whether two listeners listen on the same address and port. */
export function sameEndpoint(a: HttpListener, b: HttpListener): boolean {
  return (
    a.frontendIPConfiguration !== null &&
    a.frontendIPConfiguration === b.frontendIPConfiguration &&
    a.frontendPort !== null &&
    b.frontendPort !== null &&
    a.frontendPort.port === b.frontendPort.port
  );
}

/** `port 443 of frontend IP 'public'`; of what is missing nothing is said. */
export function describeEndpoint({ frontendPort, frontendIPConfiguration }: HttpListener): string {
  const port = frontendPort === null ? 'a port' : `port ${frontendPort.port}`;
  return frontendIPConfiguration === null ? port : `${port} of frontend IP '${frontendIPConfiguration.name}'`;
}

/** What a listener listens for. */
export function describeHosts({ hostNames }: HttpListener): string {
  return hostNames.length === 0 ? 'every host name' : hostNames.map((name) => `'${name}'`).join(', ');
}
