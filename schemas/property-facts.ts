/** What is known of one resource type: the content of a file in `source/`. */
export interface PropertyFacts {
  readonly source: string;
  readonly resourceType: string;
  readonly apiVersions: readonly string[];
  readonly properties: readonly PropertyFact[];
}

export interface PropertyFact {
  /** As `properties.probes[].properties.port`; `{*}` stands for any name. */
  readonly path: string;
  /** `string`, `integer`, `boolean`, `object`, `ref` (an object with an `id`), or one of them followed by `[]`. */
  readonly type: string;
  /** First api-version that has it. */
  readonly since: string;
  /** Last api-version that has it; absent while the newest one does. */
  readonly until?: string;
  readonly readOnly?: boolean;
  readonly required?: boolean;
  /** Each value with its first api-version, or with its first and last as `2022-09-01..2022-11-01`. */
  readonly enum?: Readonly<Record<string, string>>;
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly description?: string;
}
