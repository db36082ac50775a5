import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Kept after the run, to be looked at. */
const screenshots = new URL('../../../coverage/screenshots/', import.meta.url);

/** Starts Debian's Chromium, which says nothing to anybody but the page. */
export async function launchBrowser(): Promise<Browser> {
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  try {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet];
    return await chromium.launch({ executablePath, headless: true, args });
  } catch (cause) {
    const hint = "These tests need a browser: 'apt-get install chromium', or name one in the variable CHROMIUM.";
    throw new Error(`${executablePath} does not start. ${hint}`, { cause });
  }
}

export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, screenshots)), fullPage: true });
}

const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Axe {
  run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

/** Accessibility faults that keep somebody from using the page, as axe-core names them. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  // The policy of the page lets no script in; what Playwright evaluates is not part of the page.
  const { readFile } = await import('node:fs/promises');
  await page.evaluate(await readFile(axeScript, 'utf8'));
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: Axe }).axe.run());
  return (
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      // One page of them says enough.
      .slice(0, 20)
      .flatMap(({ id, nodes }) =>
        nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
      )
  );
}
