import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { shows } from './parse-page.ts';

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface TerminalOptions {
  /** The repository's root unless set. */
  readonly directory?: string;
  /** Added to the environment; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A terminal in which a command line of a page runs, as somebody pastes it; its standard input stays open. */
export class Terminal implements AsyncDisposable {
  /** Settles with its status when the last command has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #watchers = new Set<() => void>();
  #output = '';
  #hasEnded = false;

  constructor(commandLine: string, { directory = repositoryRoot, environment = {} }: TerminalOptions = {}) {
    const env = { ...process.env, ...environment };
    this.#child = spawn('bash', ['-ec', commandLine], { cwd: directory, env, stdio: 'pipe', detached: true });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        this.#tell();
      });
    }
    this.ended = once(this.#child, 'close').then(([status]) => {
      this.#hasEnded = true;
      this.#tell();
      return typeof status === 'number' ? status : null;
    });
  }

  get output(): string {
    return this.#output;
  }

  /** Settles when the terminal shows a text; rejects when the command ends without it. */
  showing(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const isShown = shows(this.#output, text);
        if (!isShown && !this.#hasEnded) return;
        this.#watchers.delete(look);
        if (isShown) resolve();
        else reject(new Error(`The command ended without showing this:\n${text}\nIt showed:\n${this.#output}`));
      };
      this.#watchers.add(look);
      look();
    });
  }

  /** Ends the command and all that it started. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#hasEnded && this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGTERM');
    await this.ended;
  }

  #tell(): void {
    for (const look of [...this.#watchers]) look();
  }
}
