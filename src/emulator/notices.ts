import type { Gateway } from '../gateway/model.ts';
import type { Notice } from '../observability/emulator-events.ts';
import type { ListenerDescription } from './descriptions.ts';

/** What a user has to know about a gateway that runs here instead of in Azure. */
export function noticesAbout(gateway: Gateway, listeners: readonly ListenerDescription[]): Notice[] {
  return [...certificateNotices(gateway, listeners), ...http2Notices(gateway, listeners)];
}

function certificateNotices(gateway: Gateway, listeners: readonly ListenerDescription[]): Notice[] {
  return listeners.filter(isHttps).map(({ name }) => {
    const certificate = gateway.httpListeners.find((listener) => listener.name === name)?.sslCertificate?.name;
    const instead = certificate === undefined ? '' : ` instead of '${certificate}'`;
    return {
      severity: 'info',
      message: `Listener '${name}' shows a certificate made by a local authority${instead}.`,
    };
  });
}

function http2Notices({ enableHttp2 }: Gateway, listeners: readonly ListenerDescription[]): Notice[] {
  if (!enableHttp2 || !listeners.some(isHttps)) return [];
  return [{ severity: 'warning', message: "'enableHttp2' is accepted but not emulated: clients get HTTP/1.1." }];
}

function isHttps({ protocol }: ListenerDescription): boolean {
  return protocol === 'Https';
}
