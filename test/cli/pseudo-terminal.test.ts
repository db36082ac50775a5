import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { get } from 'node:http';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { agateBin, repositoryRoot } from './run-agate.ts';

/** What a terminal shows, without its colours; and the keys of its user. */
class Terminal {
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcessWithoutNullStreams;
  #text = '';
  #watcher: () => void = () => undefined;

  /**
   * `script`, of every Debian, runs a command on a terminal of its own. Some shells stay beside the command unless told
   * `exec`, and a shell that gets the Ctrl+C too answers 130 whatever the command did.
   */
  constructor(command: string) {
    const { NO_COLOR, FORCE_COLOR, CI, ...env } = process.env;
    this.#child = spawn('script', ['-qfec', `exec ${command}`, '/dev/null'], { cwd: repositoryRoot, env });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#text += text;
      this.#watcher();
    });
    this.ended = new Promise((resolve) => this.#child.once('close', resolve));
    onTestFinished(() => void this.#child.kill('SIGKILL'));
  }

  get text(): string {
    return this.#text;
  }

  /** Waits until a pattern was shown. */
  shows(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve) => {
      const look = () => {
        const found = pattern.exec(this.#text);
        if (found !== null) resolve(found);
      };
      this.#watcher = look;
      look();
    });
  }

  press(keys: string): void {
    this.#child.stdin.write(keys);
  }
}

const esc = '\u001b';
const ctrlC = '\u0003';

test('on a terminal agate run tells what it does, in colour, until Ctrl+C', async () => {
  const example = path.join(repositoryRoot, 'fixtures/example/azuredeploy.json');
  const terminal = new Terminal(`'${process.execPath}' '${agateBin}' run '${example}' --listen all=0 --admin 0`);
  // Progress is one line that makes room for what comes next.
  await terminal.shows(/\r.\[KEvaluating .*azuredeploy\.json …\r.\[K/);
  await terminal.shows(/Starting 'shop-gateway', asking its servers …\r.\[K/);
  await terminal.shows(/Stop with Ctrl\+C/);
  expect(terminal.text).toContain(`${esc}[1mListeners${esc}[22m`);
  expect(terminal.text).toMatch(/web +10\.0\.1\.4:80 +mock +http:\/\/127\.0\.0\.1:\d+/);

  const [, port] = await terminal.shows(/curl http:\/\/blog\.contoso\.com\.localhost:(\d+)\//);
  get({ host: '127.0.0.1', port, path: '/posts', headers: { host: 'blog.contoso.com' }, agent: false }).end();
  await terminal.shows(/\d\d:\d\d:\d\d.*200.*GET blog\.contoso\.com\/posts.*blog → blog → web 10\.0\.1\.\d:80.*\d+ ms/);

  const [, admin] = await terminal.shows(/Dashboard {2}(http:\/\/[\d.:]+)/);
  const body = JSON.stringify({ state: 'down' });
  await fetch(`${admin}/api/backends/web/10.0.1.5`, { method: 'POST', body });
  await terminal.shows(/info.*Member 10\.0\.1\.5 \(pool 'web'\) was taken down\./);
  await terminal.shows(/warning.*Backend 10\.0\.1\.5:80 \(pool 'web'\) is unhealthy\./);

  terminal.press(ctrlC);
  expect(await terminal.ended).toBe(0);
});
