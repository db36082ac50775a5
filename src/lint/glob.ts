/**
 * Whether a file's name fits a pattern: `*` stands for anything within one folder, `**` for folders too, `?` for one
 * character. A pattern without a slash looks at the last part of the name alone. Node.js has `matchesGlob` from 22 on.
 */
export function matchesGlob(pattern: string, file: string): boolean {
  const path = file.replaceAll('\\', '/').replace(/^\.\//, '');
  const wanted = pattern.replace(/^\.\//, '');
  const subject = wanted.includes('/') ? path : (path.split('/').at(-1) ?? path);
  return new RegExp(`^${wanted.replace(/\*\*\/|\*+|\?|[.+^${}()|[\]\\]/g, translate)}$`, 'i').test(subject);
}

function translate(token: string): string {
  if (token === '**/') return '(?:[^/]+/)*';
  if (token === '*') return '[^/]*';
  if (token.startsWith('**')) return '.*';
  return token === '?' ? '[^/]' : `\\${token}`;
}
