// httpxy; it keeps connections alive by itself.
import http from 'node:http';
import { createProxyServer } from 'httpxy';

const [target] = process.argv.slice(2);
const proxy = createProxyServer({ target });
const server = http.createServer((request, response) => {
  proxy.web(request, response).catch(() => response.writeHead(502).end());
});
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
