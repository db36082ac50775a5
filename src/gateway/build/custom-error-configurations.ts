import type { PropertyReader } from '../../resources/property-reader.ts';
import type { CustomErrorConfiguration } from '../model.ts';
import { originOf } from './entries.ts';

/** The `customErrorConfigurations` of a gateway or a listener, without those that name no status. */
export function buildCustomErrorConfigurations(owner: PropertyReader): readonly CustomErrorConfiguration[] {
  return owner.objects('customErrorConfigurations').flatMap((configuration) => {
    const status = /^HttpStatus(\d{3})$/i.exec(configuration.string('statusCode') ?? '');
    if (status === null) return [];
    return {
      statusCode: Number(status[1]),
      customErrorPageUrl: configuration.string('customErrorPageUrl') ?? '',
      origin: originOf(configuration),
    };
  });
}
