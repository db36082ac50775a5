import { foldId } from '../../base/resource-id.ts';
import { atPlace, azureFrames } from '../azure-messages.ts';
import { kinds } from '../diagnostics.ts';
import { isMadeUp } from '../runtime-values/made-up.ts';
import type { TemplateLevel } from '../template-level.ts';
import type { ResourceInstance } from './resource-instance.ts';

/** Reports resources that one template deploys twice. */
export function reportDuplicates(level: TemplateLevel): void {
  const known = new Map<string, ResourceInstance>();
  for (const instance of level.resources) {
    // Names that nobody told may well differ.
    if (!instance.isDeployed || isMadeUp(instance.parts.name)) continue;
    const key = foldId(instance.id);
    const first = known.get(key);
    if (first === undefined) known.set(key, instance);
    else reportDuplicate(instance, first);
  }
}

function reportDuplicate(instance: ResourceInstance, first: ResourceInstance): void {
  const { name, origin, parts } = instance;
  const hasLoop = parts.loop !== undefined && parts.raw === first.parts.raw;
  parts.level.run.findings.report(kinds.duplicateResource, {
    message: azureFrames.validation(
      `The resource '${name}'${atPlace(origin)} is defined multiple times in a template. Please see https://aka.ms/arm-syntax-resources for usage details.`,
    ),
    span: parts.name.origin ?? origin,
    related: hasLoop ? [] : [{ message: `First '${name}'.`, span: first.parts.name.origin ?? first.origin }],
    hint: hasLoop ? 'Put copyIndex() into the name, so that each turn of the loop has its own.' : undefined,
  });
}
