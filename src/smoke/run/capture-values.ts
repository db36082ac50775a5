import { parseJsonQuery, queryJson } from '../format/json-query.ts';
import type { Capture, TestStep, Variables } from '../format/test-file.ts';
import { parseJson, valuesOf } from './check-content.ts';
import { decisionsOf } from './check-decision.ts';
import { readCookies } from './cookie-jar.ts';
import type { Mismatch } from './mismatch.ts';
import type { Observation } from './observation.ts';

/** Takes what later steps need out of an answer. */
export function captureValues(
  { capture }: TestStep,
  observation: Observation,
): { readonly values: Variables; readonly mismatches: readonly Mismatch[] } {
  const values: Record<string, string> = {};
  const mismatches: Mismatch[] = [];
  for (const [name, from] of Object.entries(capture)) {
    const value = captureValue(from, observation);
    if (value === null) mismatches.push(nothingThere(name, from));
    else values[name] = value;
  }
  return { values, mismatches };
}

function captureValue({ header, cookie, json, decision, body }: Capture, observation: Observation): string | null {
  if (decision !== undefined) return observation.record === null ? null : decisionsOf(observation.record)[decision];
  const { response } = observation;
  if (response === null) return null;
  if (header !== undefined) return valuesOf(response.rawHeaders, header)[0] ?? null;
  if (cookie !== undefined) return readCookies(response.rawHeaders).find(({ name }) => name === cookie)?.value ?? null;
  if (json !== undefined) return jsonText(queryJson(parseJson(response.body)?.value, parseJsonQuery(json) ?? []));
  const match = new RegExp(body ?? '').exec(response.body);
  return match?.[1] ?? match?.[0] ?? null;
}

function jsonText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function nothingThere(name: string, from: Capture): Mismatch {
  const [[kind, what] = ['answer', '']] = Object.entries(from);
  return {
    concern: 'answer',
    path: ['capture', name],
    expected: `a value from ${kind} '${what}'`,
    actual: 'nothing there',
    names: [],
  };
}
