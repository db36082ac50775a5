import type { ArrayValue } from '../value.ts';
import { arrayValue, stringValue } from '../value.ts';
import { hasZones, isZonal, normaliseRegion, zonesPerRegion } from './azure-regions.ts';
import { defineFunction, type FunctionParameter, type TemplateFunction } from './define-function.ts';
import { functionFault } from './function-fault.ts';

const most = BigInt(zonesPerRegion);

const pickZones = defineFunction({
  name: 'pickZones',
  family: 'resource',
  description: 'Zones of a region for a resource of a type; none where the type or the region has no zones.',
  parameters: [
    { name: 'providerNamespace', type: 'string' },
    { name: 'resourceType', type: 'string' },
    { name: 'location', type: 'string' },
    { name: 'numberOfZones', type: 'int', optional: true },
    { name: 'offset', type: 'int', optional: true },
  ],
  call: ([namespace, type, location, count = 1n, offset = 0n]) => {
    if (count < 1n || count > most) {
      throw functionFault(
        'pickZones',
        `The number of zones must be between 1 and ${most}. The number of zones parameter: '${count}'.`,
      );
    }
    if (offset < 0n || offset >= most) {
      throw functionFault(
        'pickZones',
        `The offset must be between 0 and ${most - 1n}. The offset parameter: '${offset}'.`,
      );
    }
    if (!isZonal(`${namespace}/${type}`) || !hasZones(location)) return arrayValue([]);
    if (count + offset > most) {
      throw functionFault(
        'pickZones',
        `The region '${location}' has ${most} zones, too few for ${count} from offset ${offset} on.`,
      );
    }
    return arrayValue(
      Array.from({ length: Number(count) }, (_, index) => stringValue(`${Number(offset) + index + 1}`)),
    );
  },
});

// Which physical zone is a subscription's zone 1 is random in Azure; offline each number stands for its own zone.
function physicalOf(location: string, logical: string): string {
  if (/^[1-3]$/.test(logical)) return `${normaliseRegion(location)}-az${logical}`;
  throw functionFault('toPhysicalZone', `'${logical}' is no logical zone; allowed: '1', '2', '3'.`);
}

function logicalOf(location: string, physical: string): string {
  const prefix = `${normaliseRegion(location)}-az`;
  const number = physical.toLowerCase().startsWith(prefix) ? physical.slice(prefix.length) : '';
  if (/^[1-3]$/.test(number)) return number;
  throw functionFault('toLogicalZone', `'${physical}' is no physical zone of '${location}'; one is '${prefix}1'.`);
}

const placeParameters = [
  { name: 'subscriptionId', type: 'string' },
  { name: 'location', type: 'string' },
] as const satisfies readonly FunctionParameter[];

const toLogicalZone = defineFunction({
  name: 'toLogicalZone',
  family: 'resource',
  description: 'The number by which a subscription knows a physical zone.',
  parameters: [...placeParameters, { name: 'physicalZone', type: 'string' }],
  allowedIn: ['resourceBody'],
  call: ([, location, zone]) => logicalOf(location, zone),
});

const toLogicalZones = defineFunction({
  name: 'toLogicalZones',
  family: 'resource',
  description: 'The numbers by which a subscription knows physical zones.',
  parameters: [...placeParameters, { name: 'physicalZones', type: 'array' }],
  allowedIn: ['resourceBody'],
  call: ([, location, zones]) => mapZones('toLogicalZones', zones, (zone) => logicalOf(location, zone)),
});

const toPhysicalZone = defineFunction({
  name: 'toPhysicalZone',
  family: 'resource',
  description: 'The physical zone behind the number by which a subscription knows it.',
  parameters: [...placeParameters, { name: 'logicalZone', type: 'string' }],
  allowedIn: ['resourceBody'],
  call: ([, location, zone]) => physicalOf(location, zone),
});

const toPhysicalZones = defineFunction({
  name: 'toPhysicalZones',
  family: 'resource',
  description: 'The physical zones behind the numbers by which a subscription knows them.',
  parameters: [...placeParameters, { name: 'logicalZones', type: 'array' }],
  allowedIn: ['resourceBody'],
  call: ([, location, zones]) => mapZones('toPhysicalZones', zones, (zone) => physicalOf(location, zone)),
});

function mapZones(functionName: string, zones: ArrayValue, map: (zone: string) => string): ArrayValue {
  return arrayValue(
    zones.items.map((zone) => {
      if (zone.kind === 'String') return stringValue(map(zone.value));
      throw functionFault(functionName, `The zones must be of type 'String'. One is of type '${zone.kind}'.`);
    }),
  );
}

export const zoneFunctions: readonly TemplateFunction[] = [
  pickZones,
  toLogicalZone,
  toLogicalZones,
  toPhysicalZone,
  toPhysicalZones,
];
