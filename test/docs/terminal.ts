import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { shows } from './parse-page.ts';

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a command line of a page to its end, as somebody would who pastes it, and returns what it printed. */
export async function runCommand(commandLine: string): Promise<string> {
  const terminal = new Terminal(commandLine);
  await terminal.ended;
  return terminal.output;
}

/** A terminal in which a command goes on; its standard input stays open. */
export class Terminal implements AsyncDisposable {
  readonly ended: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #watchers = new Set<() => void>();
  #output = '';
  #hasEnded = false;

  constructor(commandLine: string) {
    this.#child = spawn('bash', ['-c', commandLine], { cwd: repositoryRoot, stdio: 'pipe', detached: true });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        this.#tell();
      });
    }
    this.ended = once(this.#child, 'close').then(() => {
      this.#hasEnded = true;
      this.#tell();
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
