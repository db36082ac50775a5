// The servers behind the gateway of the soak: sound, faulty and late. Each tells the path it was asked for and the body
// it was sent; the faulty one does so only at times.
import http from 'node:http';

const lateMilliseconds = 200;

function echo(request, response) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => response.end(`${request.headers['x-path'] ?? ''}\n${Buffer.concat(chunks)}`));
}

// What servers that are about to fail do, by turns.
const faults = [
  echo,
  (_request, response) => response.socket.destroy(),
  (_request, response) => response.socket.resetAndDestroy(),
  (_request, response) => response.socket.end('HTTP/1.1 200 OK\r\nContent-Le'),
  (_request, response) => response.socket.end('no HTTP at all\r\n\r\n'),
  (_request, response) => response.socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'),
  (_request, response) => response.socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'),
  (request, response) => {
    response.on('finish', () => setImmediate(() => response.socket?.destroy()));
    echo(request, response);
  },
];

let turn = 0;
function fail(request, response) {
  if (request.url === '/') response.end();
  else faults[turn++ % faults.length](request, response);
}

function answerLate(request, response) {
  const timer = setTimeout(() => echo(request, response), request.url === '/' ? 0 : lateMilliseconds);
  response.on('close', () => clearTimeout(timer));
}

const ports = await Promise.all(
  [echo, fail, answerLate].map(
    (handle) =>
      new Promise((resolve) => {
        const server = http.createServer(handle);
        // So that no connection that nobody uses is open for long after a slice of the soak.
        server.keepAliveTimeout = 1000;
        server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => resolve(server.address().port));
      }),
  ),
);
console.log(`ready ${ports.join(',')}`);
