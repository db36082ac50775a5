import type { Diagnostic } from '../base/diagnostic.ts';
import type { DeployedResource } from '../template/evaluated-deployment.ts';
import { madeUpBy } from '../template/runtime-values/made-up.ts';
import { redacted, type Value } from '../template/value.ts';

/** Shorter ones would blot out what has nothing to do with them. */
const shortest = 4;

/**
 * Findings quote what a deployment says, and are kept in the logs of pipelines: what secrets went into is not shown.
 * Findings without such a quotation stay the same objects.
 */
export function redactSecrets(
  diagnostics: readonly Diagnostic[],
  resources: readonly DeployedResource[],
): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics;
  const secrets = new Set<string>();
  for (const { body } of resources) collectSecrets(body, false, secrets);
  // One secret may be part of another.
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
  return longestFirst.length === 0 ? diagnostics : diagnostics.map((finding) => redact(finding, longestFirst));
}

function collectSecrets(value: Value, isInSecret: boolean, secrets: Set<string>): void {
  const isSecret = isInSecret || value.secret === true;
  if (value.kind === 'Object') {
    for (const member of value.members.values()) collectSecrets(member.value, isSecret, secrets);
  } else if (value.kind === 'Array') {
    for (const item of value.items) collectSecrets(item, isSecret, secrets);
  } else if (isSecret && value.kind === 'String' && !isStandIn(value)) {
    for (const text of quotedOf(value.value)) if (text.length >= shortest) secrets.add(text);
  }
}

/** What stands in for a secret that nobody gave is none, as long as nothing else went into it. */
function isStandIn(value: Value): boolean {
  const whence = madeUpBy(value);
  return whence !== undefined && whence.isDerived !== true;
}

/** A reference is quoted by its ID, and by the name at the end of it. */
function quotedOf(text: string): string[] {
  return text.startsWith('/subscriptions/') ? [text, text.slice(text.lastIndexOf('/') + 1)] : [text];
}

function redact(finding: Diagnostic, secrets: readonly string[]): Diagnostic {
  const without = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, redacted), text);
  const { message, related, azureMessage, hint } = finding;
  const texts = [message, azureMessage, hint, ...related.map((place) => place.message)];
  if (texts.every((text) => text === undefined || without(text) === text)) return finding;
  return {
    ...finding,
    message: without(message),
    related: related.map((place) => ({ ...place, message: without(place.message) })),
    ...(azureMessage === undefined ? {} : { azureMessage: without(azureMessage) }),
    ...(hint === undefined ? {} : { hint: without(hint) }),
  };
}
