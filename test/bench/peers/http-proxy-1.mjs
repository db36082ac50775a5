// http-proxy 1.18.1 with a keep-alive agent; without one it is a third as fast.
import http from 'node:http';
import httpProxy from 'http-proxy-1';

const [target] = process.argv.slice(2);
const proxy = httpProxy.createProxyServer({ target, agent: new http.Agent({ keepAlive: true }) });
proxy.on('error', (_error, _request, response) => {
  if (response instanceof http.ServerResponse) response.writeHead(502).end();
  else response.destroy();
});
const server = http.createServer((request, response) => proxy.web(request, response));
server.on('upgrade', (request, socket, head) => proxy.ws(request, socket, head));
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
