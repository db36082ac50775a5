import { readFile } from 'node:fs/promises';
import { type Answer, refuse } from './answer.ts';

/** Both from `src/dashboard/` and from `dist/dashboard/`. */
const root = new URL('../../', import.meta.url);
const pageFolder = new URL('dist/dashboard/page/', root);

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The description of the admin API for programs. */
export async function openApiAnswer(): Promise<Answer> {
  const content = await readFile(new URL('docs/openapi.json', root));
  return { status: 200, contentType: 'application/json; charset=utf-8', content };
}

/** `/assets/…` of the built page; names outside of a plain alphabet never reach the file system. */
const assetPath = /^\/assets\/[\w-]+(?:\.[\w-]+)*$/;

/** A file of the dashboard; undefined for paths that belong to something else. */
export async function pageAnswer(path: string): Promise<Answer | undefined> {
  if (path !== '/' && !assetPath.test(path)) return undefined;
  const name = path === '/' ? 'index.html' : path.slice(1);
  const contentType = contentTypes[name.slice(name.lastIndexOf('.') + 1)];
  if (contentType === undefined) return undefined;
  try {
    return { status: 200, contentType, content: await readFile(new URL(name, pageFolder)) };
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    if (path !== '/') return undefined;
    return refuse(503, 'DashboardNotBuilt', 'The dashboard is not built: run `npm run build`. GET /api lists the API.');
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
