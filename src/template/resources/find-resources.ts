import { sameName } from '../../base/case-insensitive-map.ts';
import { sameId } from '../../base/resource-id.ts';
import type { TemplateLevel } from '../template-level.ts';
import { canonicalId, unqualifiedId } from './resource-identity.ts';
import type { ResourceInstance } from './resource-instance.ts';
import { absoluteId } from './resource-target.ts';

const symbolWithIndex = /^(.+)\[(\d+)\]$/;

/** The instances of a symbolic name, or the one that `name[i]` means. */
export function findBySymbol(instances: readonly ResourceInstance[], text: string): readonly ResourceInstance[] {
  const exact = instances.filter(({ parts }) => parts.symbolicName !== undefined && sameName(parts.symbolicName, text));
  if (exact.length > 0) return exact;
  const [, symbol, index] = symbolWithIndex.exec(text) ?? [];
  if (symbol === undefined) return [];
  return instances.filter(
    ({ parts }) =>
      parts.symbolicName !== undefined && sameName(parts.symbolicName, symbol) && parts.loop?.index === Number(index),
  );
}

/** Whether a text is an ID or the part of one behind `/providers/`, and not a mere name. */
export function looksLikeId(text: string): boolean {
  return text.startsWith('/') || /^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+\/[^/]+\/[^/]+/.test(text);
}

/** The instances that an ID or `Namespace/type/name` means. */
export function findById(level: TemplateLevel, text: string): readonly ResourceInstance[] {
  const id = canonicalId(absoluteId(text, level.target));
  const matching = level.resources.filter((instance) => sameId(instance.id, id));
  if (matching.length > 0 || text.startsWith('/')) return matching;
  return level.resources.filter(
    ({ type, name }) => sameId(unqualifiedId(type, name), text) || sameId(`${type}/${name}`, text),
  );
}

/** The instances with a full name or, when there are none, with that last segment of a name. */
export function findByName(instances: readonly ResourceInstance[], name: string): readonly ResourceInstance[] {
  const full = instances.filter((instance) => sameName(instance.name, name));
  if (full.length > 0) return full;
  return instances.filter((instance) => sameName(instance.name.slice(instance.name.lastIndexOf('/') + 1), name));
}

/** The instances of a copy loop. */
export function findByLoop(instances: readonly ResourceInstance[], name: string): readonly ResourceInstance[] {
  return instances.filter(({ parts }) => parts.loop !== undefined && sameName(parts.loop.name, name));
}
