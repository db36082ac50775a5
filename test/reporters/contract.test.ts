import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { diagnose } from '../../src/base/diagnostic.ts';
import { reporters } from '../../src/reporters/reporters.ts';
import { findings, options, source } from './findings.ts';

/** What holds for every reporter. */
describe.each(Object.entries(reporters))('%s', (format, render) => {
  test('ends in one line break and has no blank line before it', () => {
    for (const found of [findings, []]) expect(render(found, options)).toMatch(/[^\n]\n$/);
  });

  test('names code, rule and file of every finding', () => {
    const text = render(findings, options);
    for (const { code, rule } of findings) {
      expect(text).toContain(code);
      expect(text).toContain(rule);
    }
    expect(text).toContain(source.name);
  });

  test('gives the same text for the same findings in any order', () => {
    expect(render(findings.toReversed(), options)).toBe(render(findings, options));
  });

  test('says something when there is nothing to say', () => {
    expect(render([], options).trim()).not.toBe('');
  });

  test('works without sources and rules', () => {
    const text = render(findings, { sources: new Map(), rules: [], version: '0.0.0' });
    for (const { code } of findings) expect(text).toContain(code);
  });

  test('leaves its input as it is', () => {
    const before = structuredClone(findings);
    render(findings, options);
    expect(findings).toEqual(before);
  });

  test('keeps strange text from breaking its format', () => {
    const message = 'a]]>b\u0000c\r\nd <e> & "f" %g ::error::h \u001b[31mi';
    const details = { message, hint: message, azureMessage: message };
    const strange: Diagnostic = diagnose({ code: 'AGW1', rule: 'strange', severity: 'warning' }, details);
    const text = render([strange], options);
    if (format === 'json' || format === 'sarif') expect(() => JSON.parse(text)).not.toThrow();
    expect(text).not.toMatch(/[^\P{Cc}\t\n\r]/u);
    expect(text).not.toMatch(/^::error::/m);
  });
});
