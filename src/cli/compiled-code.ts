import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

interface LoadedModule {
  exports: unknown;
}

type ModuleFunction = (
  exports: unknown,
  require: (id: string) => unknown,
  module: LoadedModule,
  filename: string,
  folder: string,
) => void;

/**
 * Runs a bundle of CommonJS modules with the code that V8 compiled for it in an earlier run: compiling is a third of all
 * time that a short command takes. Newer Node.js does this by itself (`module.enableCompileCache`, since 22.1), so that
 * this class can go together with Node.js 20.
 */
export class CompiledCode {
  readonly #main: string;
  readonly #shelf: string;
  readonly #build: string;
  readonly #folder: string;
  readonly #modules = new Map<string, LoadedModule>();
  /** What had to be compiled in this run. */
  readonly #fresh = new Map<string, Script>();

  /**
   * @param shelf folder of the user's own in which compiled code is kept: whoever can write there can run code
   * @param main the bundle's first module; all others lie beside it, under names that change with their content
   * @param purpose what they are run for, as a folder can be named: V8 compiles only the functions that are called
   */
  constructor(shelf: string, main: string, purpose: string) {
    const { size, mtimeMs } = statSync(main);
    this.#main = main;
    this.#shelf = shelf;
    this.#build = join(shelf, [process.version, process.arch, size, Math.round(mtimeMs)].join('-'));
    this.#folder = join(this.#build, purpose);
  }

  run(): void {
    this.#load(this.#main);
  }

  /**
   * Keeps for the next run what was compiled since this was last called. Early is best: V8 forgets functions that were
   * not called for a while, and of a gateway that served for minutes it has hardly any left that it started with.
   */
  keep(): void {
    if (this.#fresh.size === 0) return;
    const fresh = [...this.#fresh];
    this.#fresh.clear();
    try {
      this.#makeRoom();
      for (const [file, script] of fresh) {
        const kept = this.#placeOf(file);
        const part = `${kept}.${process.pid}`;
        writeFileSync(part, script.createCachedData(), { mode: 0o600 });
        renameSync(part, kept);
      }
    } catch {
      // A folder that cannot be written, or a full disk: the next run compiles again, and nothing else is lost.
    }
  }

  /** Code of other builds and versions of Node.js is of no use any more. */
  #makeRoom(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.#shelf)) {
      if (name !== basename(this.#build)) rmSync(join(this.#shelf, name), { recursive: true, force: true });
    }
  }

  #load(file: string): unknown {
    const known = this.#modules.get(file);
    if (known !== undefined) return known.exports;
    const loaded: LoadedModule = { exports: {} };
    this.#modules.set(file, loaded);
    const folder = dirname(file);
    const requireOthers = createRequire(file);
    const require = (id: string) => (id.startsWith('./') ? this.#load(join(folder, id)) : requireOthers(id));
    const define = this.#compile(file).runInThisContext() as ModuleFunction;
    define(loaded.exports, require, loaded, file, folder);
    return loaded.exports;
  }

  #compile(file: string): Script {
    const source = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(file, 'utf8')}\n})`;
    const cachedData = this.#kept(file);
    const script = new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
    if (cachedData === undefined || script.cachedDataRejected === true) this.#fresh.set(file, script);
    return script;
  }

  #kept(file: string): Buffer | undefined {
    try {
      return readFileSync(this.#placeOf(file));
    } catch {
      // It was not compiled before.
      return undefined;
    }
  }

  #placeOf(file: string): string {
    return join(this.#folder, `${basename(file)}.compiled`);
  }
}
