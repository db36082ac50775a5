import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { freePort } from '../runtime/fixture.ts';
import { type PageBlock, shows } from './parse-page.ts';
import { Terminal, type TerminalOptions } from './terminal.ts';

/** A page with other ports in place of these, free here and now, so that it can be followed beside other programs. */
export async function onFreePorts(
  markdown: string,
  ports: readonly number[],
): Promise<{ readonly page: string; portFor(port: number): number }> {
  const free = new Map<number, number>();
  for (const port of ports) free.set(port, await freePort());
  const portFor = (port: number) => free.get(port) ?? port;
  const page = markdown.replaceAll(new RegExp(`(?<![\\d.])(?:${ports.join('|')})(?!\\d)`, 'g'), (port) =>
    String(portFor(Number(port))),
  );
  return { page, portFor };
}

/** Does what the blocks of a page say, in their order, and looks whether that comes out which they show. */
export class PageFollower implements AsyncDisposable {
  readonly #options: TerminalOptions;
  readonly #terminals = new Map<string, Terminal>();
  #output = '';

  constructor(options: TerminalOptions = {}) {
    this.#options = options;
  }

  async follow(block: PageBlock): Promise<void> {
    switch (block.kind) {
      case 'file':
        return writeFile(path.join(this.#options.directory ?? '.', block.path), block.text);
      case 'command':
        return block.terminal === null ? this.#run(block.text) : this.#start(block.terminal, block.text);
      case 'output':
        return this.#look(block.terminal, block.text);
      default:
        return block satisfies never;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const terminal of [...this.#terminals.values()].toReversed()) await terminal[Symbol.asyncDispose]();
  }

  async #run(commandLine: string): Promise<void> {
    const terminal = new Terminal(commandLine, this.#options);
    const status = await terminal.ended;
    this.#output = terminal.output;
    expect(status, `${commandLine}\nended with ${status}:\n${terminal.output}`).toBe(0);
  }

  /** In a terminal where something goes on already, that is stopped first. */
  async #start(name: string, commandLine: string): Promise<void> {
    await this.#terminals.get(name)?.[Symbol.asyncDispose]();
    this.#terminals.set(name, new Terminal(commandLine, this.#options));
  }

  async #look(name: string | null, text: string): Promise<void> {
    const terminal = name === null ? undefined : this.#terminals.get(name);
    if (terminal !== undefined) await terminal.showing(text);
    else expect(shows(this.#output, text), `${text}\nis not in\n${this.#output}`).toBe(true);
  }
}
