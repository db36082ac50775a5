import { CaseInsensitiveMap } from '../../src/base/case-insensitive-map.ts';
import type { Clock } from '../../src/base/clock.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { SourceText } from '../../src/base/span.ts';
import { loadGateways } from '../../src/gateway/load-gateways.ts';
import { openPfxWithForge } from '../../src/lint/open-pfx-with-forge.ts';
import type { AnyRule } from '../../src/lint/rule.ts';
import { runPolicyRules } from '../../src/lint/run-policy-rules.ts';
import { type RunRulesInput, runRules } from '../../src/lint/run-rules.ts';

/** A clock that stands still, so that nothing expires under the tests. */
export const stoppedClock: Clock = {
  now: () => Date.UTC(2026, 10, 1),
  elapsed: () => 0,
  after: () => ({ dispose: () => undefined }),
};

export interface Linted {
  readonly source: SourceText;
  /** Of reading, evaluating, validating and building. */
  readonly earlier: readonly Diagnostic[];
  /** Of the rules. */
  readonly found: readonly Diagnostic[];
}

/** From a template's text to the findings of the rules, as `agate lint` goes. */
export function lintText(
  text: string,
  options: Partial<Pick<RunRulesInput, 'severities' | 'openPfx'>> & { rules?: AnyRule[] } = {},
): Linted {
  const source = new SourceText('azuredeploy.json', text);
  const { value, diagnostics } = loadGateways({
    document: source,
    parameters: new CaseInsensitiveMap(),
    context: {},
    clock: stoppedClock,
    standIns: true,
    placeholders: true,
  });
  const found = value.gateways.flatMap(({ gateway, resource }) =>
    runRules({ gateway, resource, graph: value.graph, now: stoppedClock.now(), openPfx: openPfxWithForge, ...options }),
  );
  return { source, earlier: diagnostics, found: [...found, ...runPolicyRules({ graph: value.graph, ...options })] };
}
