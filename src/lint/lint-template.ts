import type { Diagnostic } from '../base/diagnostic.ts';
import type { GatewayDocument, LoadedTemplate } from '../gateway/load-gateways.ts';
import { loadGateways } from '../gateway/load-gateways.ts';
import { redactSecrets } from '../resources/redact-secrets.ts';
import { applySeverities } from './apply-severities.ts';
import { dropRepeats } from './drop-repeats.ts';
import { applyIgnores } from './ignores.ts';
import type { OpenPfx } from './open-pfx.ts';
import { readTemplateIgnores } from './read-ignores.ts';
import { runPolicyRules } from './run-policy-rules.ts';
import type { Severities } from './run-rules.ts';
import { runRules } from './run-rules.ts';

export interface LintedTemplate {
  readonly loaded: LoadedTemplate;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LintChoices {
  readonly severities?: Severities;
  /** Reads the certificates that the template holds; without it they are not looked into. */
  readonly openPfx?: OpenPfx | undefined;
}

/** Everything there is to say about a template: how it reads, what Azure would refuse, and what would be misrouted. */
export function lintDocument(input: GatewayDocument, choices: LintChoices = {}): LintedTemplate {
  const { severities = new Map(), openPfx } = choices;
  const { value: loaded, diagnostics } = loadGateways(input);
  const found = loaded.gateways.flatMap(({ gateway, resource }) =>
    runRules({
      gateway,
      resource,
      graph: loaded.graph,
      now: input.clock.now(),
      severities,
      ...(openPfx === undefined ? {} : { openPfx }),
    }),
  );
  const ofPolicies = runPolicyRules({ graph: loaded.graph, severities });
  const ignores = loaded.document === undefined ? { value: [], diagnostics: [] } : readTemplateIgnores(loaded.document);
  const ofRules = redactSecrets([...found, ...ofPolicies], loaded.graph.resources);
  const all = [...applySeverities([...diagnostics, ...ignores.diagnostics], severities), ...ofRules];
  return { loaded, diagnostics: applyIgnores(dropRepeats(all), ignores.value) };
}
