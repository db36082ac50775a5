// http-proxy-3, which the alias `http-proxy` names here, with a keep-alive agent.
import http from 'node:http';
import httpProxy from 'http-proxy';

const [target] = process.argv.slice(2);
const proxy = httpProxy.createProxyServer({ target, agent: new http.Agent({ keepAlive: true }) });
proxy.on('error', (_error, _request, response) => response.writeHead(502).end());
const server = http.createServer((request, response) => proxy.web(request, response));
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
