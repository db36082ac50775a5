import { expect, test } from 'vitest';
import { renderJunit } from '../../src/reporters/junit.ts';
import { findings, options } from './findings.ts';

test('has a suite for each file; infos pass', () => {
  expect(renderJunit(findings, options)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="agate lint" tests="4" failures="2" errors="0">
  <testsuite name="infra/azuredeploy.json" tests="2" failures="2" errors="0" skipped="0">
    <testcase name="AGW2004 listener-without-rule 3:5" classname="infra/azuredeploy.json">
      <failure type="warning" message="Listener 'blog' has no request routing rule; its requests go nowhere.">infra/azuredeploy.json:3:5&#10;Listener 'blog' has no request routing rule; its requests go nowhere.</failure>
    </testcase>
    <testcase name="AGW5024 frontend-port-invalid 5:2" classname="infra/azuredeploy.json">
      <failure type="error" message="Frontend port 'http' is 0; &quot;1&quot; to &lt;64999&gt; &amp; no other.">infra/azuredeploy.json:5:2&#10;Frontend port 'http' is 0; &quot;1&quot; to &lt;64999&gt; &amp; no other.&#10;Take 80, or 443.</failure>
    </testcase>
  </testsuite>
  <testsuite name="infra/clean.json" tests="1" failures="0" errors="0" skipped="0">
    <testcase name="no findings" classname="infra/clean.json"/>
  </testsuite>
  <testsuite name="agate lint" tests="1" failures="0" errors="0" skipped="0">
    <testcase name="AGW6025 no-diagnostic-settings" classname="agate lint">
      <system-out>&#10;Logs go nowhere.</system-out>
    </testcase>
  </testsuite>
</testsuites>
`);
});
