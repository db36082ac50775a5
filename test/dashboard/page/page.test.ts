import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { AdminServer } from '../../../src/dashboard/admin-server.ts';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import type { Probe } from '../../../src/gateway/model.ts';
import type { GatewaySpec } from '../../routing/gateway-fixture.ts';
import { ask, type Options, startBackend, startGateway } from '../../runtime/fixture.ts';
import { startAdmin } from '../admin-fixture.ts';
import { keepScreenshot, launchBrowser, seriousFaults } from './browser.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(() => browser?.close());

const shop: GatewaySpec = {
  listeners: [
    { name: 'shop', hosts: ['shop.contoso.com'] },
    { name: 'blog', hosts: ['blog.contoso.com', '*.blog.contoso.com'] },
  ],
  rules: [
    {
      name: 'shop-rule',
      listener: 'shop',
      pool: 'web',
      rewrites: 'headers',
      paths: [
        { name: 'images', paths: ['/images/*'], pool: 'images' },
        { name: 'old', paths: ['/old/*', '/older/*'], redirect: { to: 'https://new.contoso.com', path: true } },
      ],
    },
    { name: 'blog-rule', listener: 'blog', pool: 'web' },
  ],
  pools: { web: ['10.0.0.4', '10.0.0.5'], images: ['10.0.1.4'] },
  rewrites: { headers: [{ request: [['x-shop', 'yes']] }] },
};

const quickProbe: Probe = {
  id: 'probe',
  name: 'probe',
  origin: { span: undefined, path: '' },
  protocol: 'Http',
  host: '127.0.0.1',
  pickHostNameFromBackendHttpSettings: false,
  path: '/',
  intervalSeconds: 1,
  timeoutSeconds: 1,
  unhealthyThreshold: 1,
  minServers: 0,
  port: null,
  match: { statusCodes: [{ from: 200, to: 399 }], body: null },
};

const finding = {
  code: 'AGW2004',
  rule: 'listener-without-rule',
  severity: 'warning',
  message: "Listener 'x' has no rule.",
  file: 'azuredeploy.json',
  range: { start: { line: 41, column: 19, offset: 0 }, end: { line: 41, column: 20, offset: 1 } },
  path: null,
  related: [],
} as const;

interface Opened {
  readonly emulator: Emulator;
  readonly server: AdminServer;
  readonly page: Page;
  /** Everything that the page asked for. */
  readonly asked: readonly string[];
  /** What the console of the browser complained about. */
  readonly complaints: readonly string[];
}

type Look = Parameters<Browser['newContext']>[0];

async function openDashboard(spec: GatewaySpec, look: Look, options: Options = {}): Promise<Opened> {
  const emulator = await startGateway(spec, options);
  const server = await startAdmin(emulator, [finding]);
  const context = await browser.newContext(look);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(server.url);
  await page.getByText('Live').waitFor();
  return { emulator, server, page, asked, complaints };
}

/** The thing in the topology that has this name. */
function node(page: Page, name: string) {
  return page.locator('.topology').getByRole('button', { name, exact: false }).first();
}

const looks = [
  ['at 1280 × 800, light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['at 1280 × 800, dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
  ['on a phone, light', { viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'light' }],
  ['on a phone, dark', { viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' }],
] as const;

describe.each(looks)('the dashboard %s', (name, look) => {
  const file = name.replace(/\W+/g, '-');

  test('shows the gateway, its traffic, and why a request went where it went', async () => {
    const { emulator, page, asked, server, complaints } = await openDashboard(shop, look);
    for (const label of ['Listener shop', 'Rule shop-rule', 'Path /images/*', 'Pool images', 'Member 10.0.1.4']) {
      await node(page, label).waitFor();
    }
    await node(page, 'Redirect').waitFor();
    await ask(emulator, '/images/cat.png', { headers: { host: 'shop.contoso.com' } });
    await page.getByRole('button', { name: 'GET shop.contoso.com/images/cat.png' }).click();
    const details = page.locator('.inspector');
    await details.getByText("Listener 'shop' chosen", { exact: false }).waitFor();
    await details.getByText('answered 200', { exact: false }).first().waitFor();
    expect(await node(page, 'Member 10.0.1.4').getAttribute('class')).toContain('lit');
    await keepScreenshot(page, `request-${file}`);
    expect(await seriousFaults(page)).toEqual([]);
    const own = [server.url, server.url.replace('http', 'ws')];
    expect(asked.filter((url) => !own.some((origin) => url.startsWith(`${origin}/`)))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('explains a URL without sending it', async () => {
    const { emulator, page } = await openDashboard(shop, look);
    await page.getByLabel('Where would this URL go?').fill('http://shop.contoso.com/old/shoes');
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.locator('.inspector').getByText('https://new.contoso.com/old/shoes', { exact: false }).first().waitFor();
    for (const label of ['Listener shop', 'Rule shop-rule', 'Path /old/*, /older/*', 'Redirect']) {
      expect(await node(page, label).getAttribute('class')).toContain('lit');
    }
    expect(await node(page, 'Listener blog').getAttribute('class')).not.toContain('lit');
    expect(emulator.requests()).toEqual([]);
    await keepScreenshot(page, `explain-${file}`);
  });

  test('takes a member down, which is seen at once, and slows another', async () => {
    const { emulator, page } = await openDashboard(shop, look);
    const member = node(page, 'Member 10.0.0.5');
    await member.click();
    await page.getByRole('button', { name: 'Take down' }).click();
    await page.locator('.topology .node.member.unhealthy').first().waitFor();
    await node(page, 'Unhealthy').waitFor();
    await keepScreenshot(page, `down-${file}`);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Bring up' }).click();
    await page.getByRole('button', { name: 'Take down' }).waitFor();
    await page.locator('.inspector').getByLabel('Answer').selectOption('200');
    await page.locator('.topology').getByText('+200 ms').first().waitFor();
    expect(emulator.mocks.filter(({ answer }) => answer.delayMilliseconds === 200)).toHaveLength(1);
  });
});

const desk = looks[0][1];

describe('the dashboard', () => {
  test('lists findings with their places, and health as the portal does', async () => {
    const { page } = await openDashboard(shop, desk);
    await page.getByText('azuredeploy.json:41:19').waitFor();
    const rows = page.getByRole('region', { name: 'Backend health' }).getByRole('row');
    // A row for the heads, and one for each server of each pool.
    expect(await rows.count()).toBe(4);
  });

  test('filters requests', async () => {
    const { emulator, page } = await openDashboard(shop, desk);
    const headers = { host: 'shop.contoso.com' };
    await ask(emulator, '/images/a?agate-status=503', { headers });
    await ask(emulator, '/b', { headers });
    const rows = page.locator('#requests tbody tr');
    await rows.nth(1).waitFor();
    await page.getByLabel('Filter').fill('images shop-rule');
    expect(await rows.count()).toBe(1);
    await page.getByLabel('Filter').fill('');
    await page.getByLabel('Status', { exact: false }).and(page.locator('select')).selectOption('2');
    expect(await rows.allTextContents()).toEqual([expect.stringContaining('shop.contoso.com/b')]);
  });

  test('is used by keys: arrows follow the way of a request, Enter chooses', async () => {
    const { page } = await openDashboard(shop, desk);
    await node(page, 'Listener shop').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    expect(await page.locator(':focus').getAttribute('data-node')).toBe('member:images/10.0.1.4');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Take down' }).waitFor();
    const tabStops = await page.locator('.graph button[tabindex="0"]').count();
    expect(tabStops).toBe(1);
  });

  test('keeps the theme that was chosen', async () => {
    const { page } = await openDashboard(shop, desk);
    const ground = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    const light = await ground();
    await page.getByLabel('Theme').selectOption('dark');
    expect(await ground()).not.toBe(light);
    await page.reload();
    await page.getByText('Live').waitFor();
    expect(await ground()).not.toBe(light);
  });

  test('shows what somebody else did to a member', async () => {
    const { emulator, page } = await openDashboard(shop, desk);
    await emulator.setMemberState('images', '10.0.1.4', 'down');
    await page.locator('[data-node="member:images/10.0.1.4"].unhealthy').waitFor();
    await emulator.setMemberState('images', '10.0.1.4', 'up');
    await page.locator('[data-node="member:images/10.0.1.4"].healthy').waitFor();
  });

  test('shows a real server that dies in red within its probe interval, and in green when it is back', async () => {
    const server = await startBackend((_, outgoing) => outgoing.end());
    const settings = { settings: { probe: quickProbe } };
    const { page } = await openDashboard({ ...shop, settings }, desk, {
      backends: { '10.0.1.4': `127.0.0.1:${server.port}` },
    });
    const member = page.locator('[data-node="member:images/10.0.1.4"]');
    await page.locator('[data-node="member:images/10.0.1.4"].healthy').waitFor();
    await member.click();
    const details = page.locator('.inspector');
    await details.getByText('Received 200 status code', { exact: false }).waitFor();
    // Nobody asked the gateway for anything: it found out by itself.
    await server.close();
    await page
      .locator('[data-node="member:images/10.0.1.4"].unhealthy')
      // Room for a busy machine; a server's own probe would come after 30 s.
      .waitFor({ timeout: quickProbe.intervalSeconds * 1000 + 4000 });
    await details.getByText('could not connect to the backend', { exact: false }).waitFor();
    const row = page.getByRole('region', { name: 'Backend health' }).getByRole('row', { name: '10.0.1.4' });
    expect(await row.textContent()).toContain('Unhealthy');
    await keepScreenshot(page, 'server-died');
    await startBackend((_, outgoing) => outgoing.end(), server.port);
    await page.locator('[data-node="member:images/10.0.1.4"].healthy').waitFor();
  });

  test('shows another gateway when one is deployed', async () => {
    const { emulator, page } = await openDashboard(shop, desk);
    const [first] = emulator.gateway.requestRoutingRules;
    await emulator.deploy({ ...emulator.gateway, requestRoutingRules: first === undefined ? [] : [first] });
    await page.getByText('1 listener', { exact: true }).waitFor();
    await page.getByText('The gateway was deployed again.').waitFor();
  });

  test('works and stays accessible with 100 listeners', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `site-${index}`);
    const spec: GatewaySpec = {
      listeners: names.map((name) => ({ name, hosts: [`${name}.contoso.com`] })),
      rules: names.map((name) => ({ name: `rule-${name}`, listener: name, pool: name })),
      pools: Object.fromEntries(names.map((name, index) => [name, [`10.0.2.${index}`]])),
    };
    const { emulator, page } = await openDashboard(spec, desk);
    await page.locator('.graph .node.listener').nth(99).waitFor();
    expect(await page.locator('.graph .node.listener').count()).toBe(100);
    await page.getByLabel('Where would this URL go?').fill('http://site-99.contoso.com/');
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.locator('[data-node="listener:site-99"].lit').waitFor();
    await Promise.all(names.map((name) => ask(emulator, '/', { headers: { host: `${name}.contoso.com` } })));
    // More than one message of the feed can tell.
    await page.locator('#requests tbody tr').nth(99).waitFor();
    await keepScreenshot(page, 'hundred-listeners');
    expect(await seriousFaults(page)).toEqual([]);
  }, 60_000);
});
