import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.htm': 'text/html; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

/** Answers with a file of a folder, `index.html` for folders in it. Nothing outside of the folder is shown. */
export async function serveFolder(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    refuse(response, 405, 'Files answer GET and HEAD only.');
    return;
  }
  const file = await findFile(folder, request.url ?? '/');
  if (file === null) {
    refuse(response, 404, 'There is no such file.');
    return;
  }
  response.setHeader('content-type', contentTypes[extname(file.path).toLowerCase()] ?? 'application/octet-stream');
  response.setHeader('content-length', file.bytes);
  if (request.method === 'HEAD') response.end();
  else await send(file.path, response);
}

async function send(path: string, response: ServerResponse): Promise<void> {
  try {
    await pipeline(createReadStream(path), response);
  } catch {
    // The client has left, or the file could not be read to its end: either way the connection tells.
    response.destroy();
  }
}

interface FoundFile {
  readonly path: string;
  readonly bytes: number;
}

async function findFile(folder: string, url: string): Promise<FoundFile | null> {
  const wanted = pathOf(url);
  if (wanted === null) return null;
  try {
    const root = await realpath(folder);
    const found = await realpath(resolve(join(root, wanted)));
    // Links are followed before this: what they lead to is what would be shown.
    if (found !== root && !found.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
    const facts = await stat(found);
    if (facts.isFile()) return { path: found, bytes: facts.size };
    if (!facts.isDirectory() || wanted.endsWith('/index.html')) return null;
    return await findFile(folder, `${url.split('?', 1)[0]?.replace(/\/$/, '')}/index.html`);
  } catch {
    return null;
  }
}

/** The path of a request target, decoded; null for one that cannot name a file. */
function pathOf(url: string): string | null {
  try {
    const path = decodeURIComponent(url.split('?', 1)[0] ?? '');
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(`${text}\n`);
}
