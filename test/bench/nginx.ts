import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Place, portAccepts, ServingChild, spawnAt } from './child.ts';

export const hasNginx = spawnSync('nginx', ['-v']).error === undefined;

/** nginx as a proxy, with one worker, kept-alive connections to the backend and no access log. */
export function serveNginx(target: string): Promise<ServingChild> {
  return serve('measured', proxyTo(new URL(target).host));
}

/** nginx as the server behind: 1 KB for any request, for less of a core than anything else needs. */
export function serveNginxBackend(place: Place): Promise<ServingChild> {
  return serve(
    place,
    `server { listen PORT; location / { default_type text/plain; return 200 '${'a'.repeat(1024)}'; } }`,
  );
}

/** @param servers what its configuration says of servers, with PORT where it listens */
async function serve(place: Place, servers: string): Promise<ServingChild> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agate-bench-nginx-'));
  const port = await freePort();
  const file = path.join(folder, 'nginx.conf');
  await writeFile(file, configuration(folder, servers.replace('PORT', `127.0.0.1:${port}`)));
  const child = spawnAt(place, ['nginx', '-p', folder, '-c', file, '-e', path.join(folder, 'error.log')]);
  await portAccepts(port);
  return new NginxChild(child, `http://127.0.0.1:${port}`, folder);
}

class NginxChild extends ServingChild {
  readonly #folder: string;

  constructor(child: ServingChild['child'], url: string, folder: string) {
    super(child, url);
    this.#folder = folder;
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true });
  }
}

/** nginx cannot say which port it was given, so one that was free a moment ago has to do. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function configuration(folder: string, servers: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
worker_processes 1;
worker_rlimit_nofile 65536;
events { worker_connections 32768; }
http {
  access_log off;
  keepalive_requests 1000000000;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  ${servers}
}
`;
}

function proxyTo(backend: string): string {
  return `
  map $http_upgrade $connection_wanted { default upgrade; '' ''; }
  upstream backend { server ${backend}; keepalive 128; keepalive_requests 1000000000; }
  server {
    listen PORT;
    location / {
      proxy_pass http://backend;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_wanted;
      proxy_read_timeout 1h;
    }
  }`;
}
