import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';
import { arrayFunctions } from './array.ts';
import { cidrFunctions } from './cidr.ts';
import { collectionFunctions } from './collection.ts';
import { comparisonFunctions } from './comparison.ts';
import { dateFunctions } from './date.ts';
import type { TemplateFunction } from './define-function.ts';
import { deploymentFunctions } from './deployment.ts';
import { encodingFunctions } from './encoding.ts';
import { identifierFunctions } from './identifier.ts';
import { lambdaFunctions } from './lambda.ts';
import { logicalFunctions } from './logical.ts';
import { numericFunctions } from './numeric.ts';
import { objectFunctions } from './object.ts';
import { providerFunctions } from './provider.ts';
import { listFunction, resourceFunctions } from './resource.ts';
import { resourceIdFunctions } from './resource-id.ts';
import { scopeFunctions } from './scope.ts';
import { stringFunctions } from './string.ts';
import { uriFunctions } from './uri.ts';
import { zoneFunctions } from './zones.ts';

/** Every template function, by name; `list*` stands for all functions whose names begin with `list`. */
export const allFunctions: readonly TemplateFunction[] = [
  ...arrayFunctions,
  ...cidrFunctions,
  ...collectionFunctions,
  ...comparisonFunctions,
  ...dateFunctions,
  ...deploymentFunctions,
  ...encodingFunctions,
  ...identifierFunctions,
  ...lambdaFunctions,
  ...logicalFunctions,
  ...numericFunctions,
  ...objectFunctions,
  ...providerFunctions,
  ...resourceFunctions,
  ...resourceIdFunctions,
  ...scopeFunctions,
  ...stringFunctions,
  ...uriFunctions,
  ...zoneFunctions,
].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));

const byName = new CaseInsensitiveMap(allFunctions.map((definition) => [definition.name, definition] as const));

/** How the functions are spelled. */
export function functionNames(): readonly string[] {
  return allFunctions.map(({ name }) => name);
}

/** The function of that name, in any case; undefined when Azure Resource Manager has none. */
export function findFunction(name: string): TemplateFunction | undefined {
  return byName.get(name) ?? (/^list/i.test(name) ? listFunction(name) : undefined);
}
