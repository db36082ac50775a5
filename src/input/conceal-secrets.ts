import { isMap, isNode, isPair, isScalar, isSeq, type Scalar, visit } from 'yaml';
import type { YamlText } from './yaml-text.ts';

/** What can hold secrets. */
const secretSections: readonly unknown[] = ['parameters', 'secrets', 'externalInputs', 'extensionConfigs'];

/** Keeps secrets of an `agate.yaml` from being shown: findings end up in the logs of pipelines. */
export function concealSecrets({ source, document }: YamlText): void {
  if (!isMap(document.contents)) return;
  for (const { key, value } of document.contents.items) {
    if (!isNode(value)) continue;
    const section = isScalar(key) ? key.value : null;
    const isSecret = secretSections.includes(section);
    const list = section === 'parameters' && isSeq(value) ? value : null;
    visit(value, {
      Scalar(at, { range, value: written }: Scalar, ancestors) {
        if (!range || at === 'key' || !(isSecret || isPassword(ancestors.at(-1)))) return;
        // `name=value` of a list has its secret behind the sign; a path has none.
        const shown = ancestors.length === 1 && ancestors[0] === list ? prefixOf(String(written)) : 0;
        source.conceal(range[0] + shown, range[1] - range[0] - shown);
      },
    });
  }
}

function isPassword(pair: unknown): boolean {
  return isPair(pair) && isScalar(pair.key) && pair.key.value === 'password';
}

function prefixOf(argument: string): number {
  const at = argument.indexOf('=');
  return at === -1 ? argument.length : at + 1;
}
