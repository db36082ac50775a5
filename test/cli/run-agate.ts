import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The checkout's root, where the examples of `--help` and the README work. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The command under test: the built one of this checkout, or that of an installed package when `AGATE_BIN` names it,
 * so that the same tests prove the packed tarball.
 */
export const agateBin = process.env['AGATE_BIN'] ?? fileURLToPath(new URL('../../bin/agate.js', import.meta.url));

export interface AgateOptions {
  /** Working directory; the repository root unless set. */
  readonly directory?: string;
  /** Text for standard input; without it standard input is empty. */
  readonly stdin?: string;
  /** Added to the environment; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** What a finished command left behind. */
export interface AgateResult {
  /** null when a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A line of `--json` output. */
export interface JsonEvent {
  readonly event: string;
  readonly [member: string]: unknown;
}

/** Runs `agate` to its end. */
export function runAgate(args: readonly string[], options: AgateOptions = {}): Promise<AgateResult> {
  return new RunningAgate(args, options).finished;
}

/** Starts `agate` and leaves it running; dispose it, or stop it by `stop`. */
export function startAgate(args: readonly string[], options: AgateOptions = {}): RunningAgate {
  return new RunningAgate(args, options);
}

/** An `agate` process that is being watched. */
export class RunningAgate implements AsyncDisposable {
  /** Settles when the process has ended and its output is complete. */
  readonly finished: Promise<AgateResult>;
  readonly #commandLine: string;
  readonly #child: ChildProcessWithoutNullStreams;
  /** Called after each piece of output, and once more at the end. */
  readonly #watchers = new Set<() => void>();
  #stdout = '';
  #stderr = '';
  #ended: AgateResult | undefined;

  constructor(args: readonly string[], options: AgateOptions) {
    this.#commandLine = ['agate', ...args].join(' ');
    this.#child = spawn(process.execPath, [agateBin, ...args], {
      cwd: options.directory ?? repositoryRoot,
      env: { ...plainEnvironment(), ...options.environment },
    });
    this.finished = this.#watch();
    // A command that does not read its input may be gone before the text is written; that is no fault of the test.
    this.#child.stdin.on('error', () => undefined);
    this.#child.stdin.end(options.stdin ?? '');
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Waits for the first whole line of standard output that is JSON with this `event` and for which the rest holds. */
  event(name: string, holds: (event: JsonEvent) => boolean = () => true): Promise<JsonEvent> {
    return this.#until(`the event '${name}'`, () => findEvent(this.#stdout, name, holds));
  }

  /** Waits until a stream contains a text. */
  async outputContaining(text: string): Promise<void> {
    await this.#until(`output containing '${text}'`, () => {
      return this.#stdout.includes(text) || this.#stderr.includes(text) ? true : undefined;
    });
  }

  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<AgateResult> {
    this.#child.kill(signal);
    return this.finished;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop('SIGKILL');
  }

  #watch(): Promise<AgateResult> {
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
      this.#tellWatchers();
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
      this.#tellWatchers();
    });
    return new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (status, signal) => {
        this.#ended = { status, signal, stdout: this.#stdout, stderr: this.#stderr };
        this.#tellWatchers();
        resolve(this.#ended);
      });
    });
  }

  #until<T>(wanted: string, find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (found === undefined && this.#ended === undefined) return;
        this.#watchers.delete(look);
        if (found === undefined)
          reject(new Error(`'${this.#commandLine}' ended without ${wanted}.\n${this.#report()}`));
        else resolve(found);
      };
      this.#watchers.add(look);
      look();
    });
  }

  #tellWatchers(): void {
    for (const look of [...this.#watchers]) look();
  }

  #report(): string {
    return `status: ${this.#ended?.status}\nstdout: ${this.#stdout}\nstderr: ${this.#stderr}`;
  }
}

/** Without the settings of the terminal or pipeline the tests happen to run in, which would change colours and forms. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { FORCE_COLOR, NO_COLOR, CI, GITHUB_ACTIONS, NODE_OPTIONS, ...environment } = process.env;
  return environment;
}

function findEvent(output: string, name: string, holds: (event: JsonEvent) => boolean): JsonEvent | undefined {
  const wholeLines = output.slice(0, output.lastIndexOf('\n') + 1).split('\n');
  for (const line of wholeLines) {
    if (!line.startsWith('{')) continue;
    const parsed: unknown = JSON.parse(line);
    if (isEvent(parsed) && parsed.event === name && holds(parsed)) return parsed;
  }
  return undefined;
}

function isEvent(value: unknown): value is JsonEvent {
  return typeof value === 'object' && value !== null && 'event' in value && typeof value.event === 'string';
}
