import { type ResourceSchema, resourceSchemas } from '../../schemas/resource-schemas.js';
import { type Validator, validators } from '../../schemas/validators.js';
import { CaseInsensitiveMap } from '../base/case-insensitive-map.ts';

/** What Agate knows of a resource type. */
export interface TypeSchema {
  /** The type as Azure spells it. */
  readonly type: string;
  readonly schema: ResourceSchema;
  readonly validate: Validator;
}

const typeSchemas = new CaseInsensitiveMap<TypeSchema>(
  Object.entries(resourceSchemas).flatMap(([type, schema]) => {
    const validate = validators[type];
    return validate === undefined ? [] : [[type, { type, schema, validate }] as const];
  }),
);

/** The schema of a resource type; undefined for types of which Agate knows none. */
export function findSchema(type: string): TypeSchema | undefined {
  return typeSchemas.get(type);
}
