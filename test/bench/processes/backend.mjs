// The server behind every proxy that is measured: 1 KB for any request, an echo for any WebSocket.
import http from 'node:http';
import { WebSocketServer } from 'ws';

const body = Buffer.alloc(1024, 'a');

const server = http.createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': body.length });
  response.end(body);
});
server.keepAliveTimeout = 120_000;

const echo = new WebSocketServer({ server, perMessageDeflate: false });
echo.on('connection', (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })));

server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => console.log(`ready ${server.address().port}`));
