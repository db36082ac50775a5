/** One thing that a schema forbids, in the form of ajv. */
export interface SchemaError {
  /** JSON pointer to the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Returns whether the value fits; what does not is then in `errors`. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/** By resource type. */
export declare const validators: Readonly<Record<string, Validator>>;
