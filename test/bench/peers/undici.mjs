// The least a proxy on undici can do: pass method, path, headers and body on, and the answer back. No feature at all,
// not even removing hop-by-hop headers of requests beyond what undici refuses.
import http from 'node:http';
import { Pool } from 'undici';

const [target] = process.argv.slice(2);
const pool = new Pool(target, { connections: 128, pipelining: 1 });

function forward(request, response) {
  const { connection: _connection, ...headers } = request.headers;
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  pool.dispatch(
    { method: request.method, path: request.url, headers, body: hasBody ? request : null },
    {
      onRequestStart() {},
      onResponseStart(_controller, statusCode, answerHeaders) {
        const { connection: _answerConnection, 'keep-alive': _keepAlive, ...passedOn } = answerHeaders;
        response.writeHead(statusCode, passedOn);
      },
      onResponseData(_controller, chunk) {
        response.write(chunk);
      },
      onResponseEnd() {
        response.end();
      },
      onResponseError() {
        if (response.headersSent) response.destroy();
        else response.writeHead(502).end();
      },
    },
  );
}

const server = http.createServer(forward);
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
