import type { Span } from '../../base/span.ts';
import { TemplateFault } from '../template-fault.ts';

/** The fault of a function that cannot work with the values it got, in Azure's frame. */
export function functionFault(name: string, reason: string): TemplateFault {
  return new TemplateFault(
    `Unable to evaluate the template language function '${name}'. ${reason} Please see https://aka.ms/arm-function-${name.toLowerCase()} for usage details.`,
  );
}

/** The fault of a text that cannot be read as what the function makes of it. */
export function invalidParameterFault(name: string, reason: string): TemplateFault {
  return new TemplateFault(
    `The template language function '${name}' was invoked with a parameter that is not valid. ${reason}`,
  );
}

/**
 * The fault of an argument whose type the function does not take.
 *
 * @param which such as `its second parameter`
 * @param expected such as `'String' or 'Integer'`
 */
export function wrongTypeFault(
  name: string,
  which: string,
  expected: string,
  provided: string,
  span?: Span,
): TemplateFault {
  return new TemplateFault(
    `The template language function '${name}' expects ${which} to be of type ${expected}. The provided value is of type '${provided}'. Please see https://aka.ms/arm-functions#${name} for usage details.`,
    { span },
  );
}

/** The fault of a function called where Azure Resource Manager does not offer it. */
export function misplacedFault(name: string, hint: string): TemplateFault {
  return new TemplateFault(
    `The template function '${name}' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.`,
    { hint },
  );
}
