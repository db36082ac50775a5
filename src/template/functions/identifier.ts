import { defineFunction, type TemplateFunction } from './define-function.ts';
import { nameBasedGuid } from './guid.ts';
import { uniqueString } from './unique-string.ts';

const guid = defineFunction({
  name: 'guid',
  family: 'string',
  description: 'Makes a GUID of texts: the same one for the same texts.',
  parameters: [{ name: 'baseString', type: 'string', variadic: true }],
  call: (parts) => nameBasedGuid(parts),
});

const uniqueStringFunction = defineFunction({
  name: 'uniqueString',
  family: 'string',
  description: 'Makes 13 letters and digits of texts: the same ones for the same texts.',
  parameters: [{ name: 'baseString', type: 'string', variadic: true }],
  call: (parts) => uniqueString(parts),
});

const newGuid = defineFunction({
  name: 'newGuid',
  family: 'string',
  description: 'Makes a new GUID; for default values of parameters only.',
  parameters: [],
  allowedIn: ['parameterDefault'],
  call: (_, { evaluation }) => evaluation.newGuid(),
});

export const identifierFunctions: readonly TemplateFunction[] = [guid, newGuid, uniqueStringFunction];
