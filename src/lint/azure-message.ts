import type { Gateway, Origin } from '../gateway/model.ts';
import type { Raw } from './raw.ts';

/** What stands in the braces of Azure's messages, by name. */
export type AzureValues = Readonly<Record<string, string>>;

/**
 * Azure's message with its variable parts filled in; undefined when one of them is not known, as half a message would be
 * none of Azure's.
 */
export function fillAzureMessage(template: string, values: AzureValues): string | undefined {
  let isComplete = true;
  const message = template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = values[name];
    isComplete &&= value !== undefined;
    return value ?? '';
  });
  return isComplete ? message : undefined;
}

/** What every rule can name: the gateway, its SKU, and the part of it that a finding is about. */
export function commonValues({ id, name, sku }: Gateway, body: Raw, { path }: Origin): AzureValues {
  const partId = idOfPart(id, body, path);
  return {
    gateway: id,
    gatewayName: name,
    sku: sku.name,
    tier: sku.tier,
    ...(partId === undefined ? {} : { id: partId }),
  };
}

/** `<gateway>/httpListeners/web` for a path such as `properties.httpListeners[0].properties.protocol`. */
function idOfPart(gatewayId: string, body: Raw, path: string): string | undefined {
  const parts = /^properties\.(\w+)\[\d+\](?:\.properties\.(pathRules)\[\d+\])?/.exec(path);
  if (parts === null) return undefined;
  const [whole, collection = '', children] = parts;
  const owner = children === undefined ? whole : whole.slice(0, whole.indexOf(']') + 1);
  const names = children === undefined ? [owner] : [owner, whole];
  const segments = [collection, children ?? ''].flatMap((segment, index) => {
    const name = names[index] === undefined ? undefined : body.follow(names[index]).member('name').text;
    return name === undefined ? [] : [segment, name];
  });
  return [gatewayId, ...segments].join('/');
}
