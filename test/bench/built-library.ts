/** Types of the library; the code is the built one, which is what users run. */
type Library = typeof import('../../src/index.ts');

export function loadBuiltLibrary(): Promise<Library> {
  return import(new URL('../../dist/index.js', import.meta.url).href);
}
