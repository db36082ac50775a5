/**
 * A file name as a relative URI reference. Windows paths get forward slashes, and what a URI cannot hold is escaped;
 * `<stdin>` and its like keep a name that no file has.
 */
export function fileUri(name: string): string {
  const path = name.replaceAll('\\', '/').replace(/^\.\//, '');
  const absolute = /^[A-Za-z]:\//.test(path) ? `file:///${path}` : path.startsWith('/') ? `file://${path}` : path;
  return encodeURI(absolute).replaceAll('#', '%23').replaceAll('?', '%3F');
}
