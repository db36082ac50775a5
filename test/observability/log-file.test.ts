import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import { AccessLogWriter } from '../../src/observability/access-log-writer.ts';
import { EmulatorEvents } from '../../src/observability/emulator-events.ts';
import { LogFile } from '../../src/observability/log-file.ts';
import { PerformanceLog } from '../../src/observability/performance-log.ts';
import { RequestRecord } from '../../src/observability/request-record.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { makeRequest } from '../routing/request-fixture.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agate-log-'));
});

afterEach(() => rm(folder, { recursive: true }));

function makeRecord(url: string, generation: 'v1' | 'v2' = 'v2'): RequestRecord {
  const gateway = makeGateway({ generation, rules: [] });
  return new RequestRecord(makeRequest({ url: `http://contoso.com${url}` }), gateway, 0, 0);
}

async function urlsIn(file: string): Promise<string[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line).properties.originalRequestUriWithArgs);
}

describe('a log file', () => {
  test('that was moved away is opened anew, and no line is lost', async () => {
    const [file, moved] = [path.join(folder, 'access.log'), path.join(folder, 'access.log.1')];
    const events = new EmulatorEvents();
    const log = await LogFile.open(file);
    const writer = new AccessLogWriter(events, log.stream);
    events.emit('request', makeRecord('/1'));
    await new Promise((resolve) => setImmediate(resolve));
    await rename(file, moved);
    events.emit('request', makeRecord('/2'));
    await log.reopen((stream) => writer.useSink(stream));
    events.emit('request', makeRecord('/3'));
    await writer.dispose();
    await log.close();
    const [before, after] = [await urlsIn(moved), await urlsIn(file)];
    expect([...before, ...after]).toEqual(['/1', '/2', '/3']);
    expect(before[0]).toBe('/1');
    expect(after.at(-1)).toBe('/3');
  });

  test('that cannot be opened anew stays in use', async () => {
    const file = path.join(folder, 'sub', 'access.log');
    const { mkdir } = await import('node:fs/promises');
    await mkdir(path.dirname(file));
    const log = await LogFile.open(file);
    await rename(path.dirname(file), path.join(folder, 'gone'));
    await expect(log.reopen(() => undefined)).rejects.toMatchObject({ code: 'FileUnreadable' });
    expect(log.stream.writable).toBe(true);
    await log.close();
  });

  test('in a folder that does not exist is one clear error', async () => {
    await expect(LogFile.open(path.join(folder, 'none', 'a.log'))).rejects.toMatchObject({
      code: 'FileUnreadable',
      message: expect.stringMatching(/^The log '.*a\.log' cannot be written: ENOENT/),
    });
  });
});

describe('the performance log', () => {
  /** Time stands still until a test lets a minute pass. */
  function stoppedClock() {
    const waiting: (() => void)[] = [];
    const clock: Clock = {
      now: () => Date.parse('2026-05-04T10:00:00Z'),
      elapsed: () => 0,
      after: (_milliseconds, callback) => {
        waiting.push(callback);
        return { dispose: () => waiting.splice(waiting.indexOf(callback), 1) };
      },
    };
    return { clock, passMinute: () => waiting.shift()?.() };
  }

  function setUp(generation: 'v1' | 'v2', instance = 0) {
    const events = new EmulatorEvents();
    const sink = new PassThrough({ encoding: 'utf8' });
    const { clock, passMinute } = stoppedClock();
    const gateway = makeGateway({ generation, rules: [] });
    const hostCounts = () => [
      { pool: 'web', settings: 's', healthy: 2, unhealthy: 1 },
      { pool: 'api', settings: 's', healthy: 1, unhealthy: 0 },
    ];
    const log = new PerformanceLog(events, { gateway, hostCounts }, clock, sink, instance);
    return { events, sink, passMinute, log };
  }

  // https://learn.microsoft.com/azure/application-gateway/application-gateway-diagnostics#performance-log
  test('of a v1 gateway has a line a minute, all figures as text', () => {
    const { events, sink, passMinute, log } = setUp('v1');
    for (const milliseconds of [10, 30]) {
      const record = makeRecord('/', 'v1');
      record.totalMilliseconds = milliseconds;
      record.sentBytes = 6000;
      events.emit('request', record);
    }
    passMinute();
    passMinute();
    const [first, second] = String(sink.read())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toEqual({
      resourceId: 'GATEWAY',
      operationName: 'ApplicationGatewayPerformance',
      time: '2026-05-04T10:00:00Z',
      category: 'ApplicationGatewayPerformanceLog',
      properties: {
        instanceId: 'ApplicationGatewayRole_IN_0',
        healthyHostCount: '3',
        unHealthyHostCount: '1',
        requestCount: '2',
        latency: '20',
        failedRequestCount: '0',
        throughput: '200',
      },
    });
    expect(second.properties).toMatchObject({ requestCount: '0', latency: '0' });
    log.dispose();
    expect(passMinute()).toBeUndefined();
  });

  test('names the instance it tells of, and takes the lines of other instances', () => {
    const { sink, passMinute, log } = setUp('v1', 2);
    log.append('{"from":"another instance"}\n');
    passMinute();
    const [foreign, own] = String(sink.read()).split('\n');
    expect(foreign).toBe('{"from":"another instance"}');
    expect(JSON.parse(own ?? '').properties.instanceId).toBe('ApplicationGatewayRole_IN_2');
  });

  test('of a v2 gateway is empty', () => {
    const { sink, passMinute } = setUp('v2');
    passMinute();
    expect(sink.read()).toBeNull();
  });
});
