/** A part of a schema: the names in it, and the api-versions in which they came and went. */
export interface SchemaNode {
  readonly type?: 'array' | 'boolean' | 'integer' | 'object' | 'string';
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly enum?: readonly string[];
  /** Set by Azure, ignored in requests; nothing else is known of it. */
  readonly readOnly?: true;
  /** First api-version with the property, when its owner is older. */
  readonly since?: string;
  /** Last api-version with it. */
  readonly until?: string;
  /** First api-versions of values that came later than the property. */
  readonly enumSince?: Readonly<Record<string, string>>;
  /** Last api-versions of values that have gone. */
  readonly enumUntil?: Readonly<Record<string, string>>;
  /** Azure's code for a value that is missing or out of range. */
  readonly azureCode?: string;
}

/** The schema of a resource type. */
export interface ResourceSchema extends SchemaNode {
  /** The api-versions whose types are published, oldest first. */
  readonly apiVersions: readonly string[];
  /** Those that Azure takes as well. */
  readonly unpublishedApiVersions: readonly string[];
}

/** By resource type. */
export declare const resourceSchemas: Readonly<Record<string, ResourceSchema>>;
