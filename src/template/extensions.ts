import { sameName } from '../base/case-insensitive-map.ts';
import { kinds } from './diagnostics.ts';
import { evaluateValue } from './evaluate-value.ts';
import { rememberLeftOut } from './left-out.ts';
import { Scope } from './scope.ts';
import { TemplateFault } from './template-fault.ts';
import type { TemplateLevel } from './template-level.ts';
import { getMember, getValue, type ObjectValue, objectValue, type Value } from './value.ts';

/** Bicep declares Azure Resource Manager itself as an extension where a file names it. */
const azureResourceManager = 'AzureResourceManager';

/** Whether a declaration of `extensions`, or of `imports` as it was called before, is that of Azure itself. */
export function isAzureExtension(declaration: Value | undefined): boolean {
  if (declaration?.kind !== 'Object') return false;
  const name = getValue(declaration, 'name') ?? getValue(declaration, 'provider');
  return name?.kind === 'String' && sameName(name.value, azureResourceManager);
}

/**
 * The extensions of a template. What they would deploy is not Azure's, and left out; how they are configured can be read
 * and passed on.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-extension
 */
export class Extensions {
  readonly #level: TemplateLevel;
  readonly #supplied: ObjectValue;

  /** @param supplied by alias, then by name: `{ value }` or `{ keyVaultReference }` */
  constructor(level: TemplateLevel, supplied: ObjectValue) {
    this.#level = level;
    this.#supplied = supplied;
  }

  /** Whether the resources of an extension are Azure's own. */
  isAzure(alias: string): boolean {
    return isAzureExtension(getValue(this.#level.sections.extensions, alias));
  }

  /** What `extensions(alias)` answers: `{ name, version, config }`. */
  value(alias: string): Value {
    const declaration = getMember(this.#level.sections.extensions, alias);
    if (declaration?.value.kind !== 'Object') throw this.#notFound(alias);
    const { value: declared, key } = declaration;
    const members = ['name', 'version'].flatMap((name) => {
      const value = getValue(declared, name);
      return value === undefined ? [] : [[name, value] as const];
    });
    return objectValue([...members, ['config', this.#config(key, getValue(declared, 'config'))]], declared.origin);
  }

  /** What was supplied, over the default values of the template. */
  #config(alias: string, declared: Value | undefined): ObjectValue {
    const supplied = getValue(this.#supplied, alias);
    const members = new Map(supplied?.kind === 'Object' ? supplied.members : []);
    const missing = new Map<string, TemplateFault>();
    for (const [name, { value, keySpan }] of declared?.kind === 'Object' ? declared.members : []) {
      if (supplied?.kind === 'Object' && getMember(supplied, name) !== undefined) continue;
      const defaultValue = value.kind === 'Object' ? getValue(value, 'defaultValue') : undefined;
      if (defaultValue === undefined) missing.set(name, notConfigured(alias, name));
      else members.set(name, { value: this.#item(defaultValue), keySpan });
    }
    const config: ObjectValue = { kind: 'Object', members, origin: declared?.origin };
    rememberLeftOut(config, missing);
    return config;
  }

  #item(defaultValue: Value): ObjectValue {
    const value = evaluateValue(defaultValue, new Scope(this.#level, { place: 'other' }));
    return objectValue([['value', value]], defaultValue.origin);
  }

  #notFound(alias: string): TemplateFault {
    const names = Array.from(this.#level.sections.extensions.members.keys(), (name) => `'${name}'`).join(', ');
    return new TemplateFault(`The template extension '${alias}' is not found.`, {
      hint: names === '' ? 'The template defines no extensions.' : `Defined: ${names}.`,
    });
  }
}

function notConfigured(alias: string, name: string): TemplateFault {
  return new TemplateFault(`The configuration '${name}' of the extension '${alias}' has no value.`, {
    kind: kinds.missingParameter,
    hint: `Give it in agate.yaml: extensionConfigs: { ${alias}: { ${name}: … } }.`,
  });
}

/** Configurations in the later layers win. */
export function mergeExtensionConfigs(...layers: readonly (ObjectValue | undefined)[]): ObjectValue {
  const merged = new Map<string, Map<string, Value>>();
  for (const layer of layers) {
    for (const [alias, { value }] of layer?.members ?? []) {
      if (value.kind !== 'Object') continue;
      const config = merged.get(alias) ?? new Map<string, Value>();
      for (const [name, member] of value.members) config.set(name, member.value);
      merged.set(alias, config);
    }
  }
  return objectValue(Array.from(merged, ([alias, config]) => [alias, objectValue(config)] as const));
}
