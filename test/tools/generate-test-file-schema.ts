import type { Producer } from '../../schemas/generate.ts';
import { testFileSchema } from '../../src/smoke/format/test-file-shape.ts';

/** What editors check test files with, from the shapes that read them. */
export const testFileSchemaProducers: readonly Producer[] = [
  { path: 'schemas/test-file.schema.json', render: () => `${JSON.stringify(testFileSchema, null, 2)}\n` },
];
