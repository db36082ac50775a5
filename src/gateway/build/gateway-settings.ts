import type { PropertyReader } from '../../resources/property-reader.ts';
import type { Gateway, GlobalConfiguration, Sku } from '../model.ts';

/** https://learn.microsoft.com/azure/application-gateway/overview-v2#sku-types */
export function buildSku(properties: PropertyReader): Sku {
  const sku = properties.object('sku');
  const name = sku.text('name') ?? sku.text('tier') ?? 'Standard_v2';
  const tier = sku.text('tier') ?? name;
  return { name, tier, generation: generationOf(name, tier), capacity: sku.integer('capacity') };
}

/** The first generation has sizes; its tiers are plain `Standard` and `WAF`. */
function generationOf(name: string, tier: string): Sku['generation'] {
  return /^(Standard|WAF)$/i.test(tier) || /^(Standard|WAF)_(Small|Medium|Large)$/i.test(name) ? 'v1' : 'v2';
}

export function buildAutoscale(properties: PropertyReader): Gateway['autoscale'] {
  if (!properties.has('autoscaleConfiguration')) return null;
  const autoscale = properties.object('autoscaleConfiguration');
  // Up to api-version 2018-07-01 it was { bounds: { min, max } }.
  const bounds = autoscale.object('bounds');
  return {
    minCapacity: autoscale.integer('minCapacity') ?? bounds.integer('min') ?? 0,
    maxCapacity: autoscale.integer('maxCapacity') ?? bounds.integer('max'),
  };
}

/** https://learn.microsoft.com/azure/application-gateway/proxy-buffers */
export function buildGlobalConfiguration(properties: PropertyReader): GlobalConfiguration {
  const configuration = properties.object('globalConfiguration');
  return {
    enableRequestBuffering: configuration.boolean('enableRequestBuffering') ?? true,
    enableResponseBuffering: configuration.boolean('enableResponseBuffering') ?? true,
    disableDefaultServerHeaderInResponse: configuration.boolean('disableDefaultServerHeaderInResponse') ?? false,
  };
}
