import { posix } from 'node:path';

/**
 * The way from a folder to a file, both as the user named them. Unlike Node's own `relative` it does not ask for the
 * current folder: a file that is named in another way than its folder (one of them absolute) stays as it is.
 */
export function relativePath(folder: string, file: string): string {
  const [from, to] = [folder, file].map((path) => path.replaceAll('\\', '/'));
  if (from === undefined || to === undefined || posix.isAbsolute(from) !== posix.isAbsolute(to)) return file;
  return posix.relative(posix.resolve('/', from), posix.resolve('/', to));
}

/** The folder that a file lies in, as the user named it. */
export function folderOf(file: string): string {
  return posix.dirname(file.replaceAll('\\', '/'));
}
