import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    // As many as there are cores here and in most pipelines; the default leaves one idle, which is half of two.
    maxWorkers: 2,
    // Reading the sources anew for every file took a third of all time; no test changes what others share.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // The certificate authority of the tests is none of the user's; all processes share it, as those of a user do.
    env: { AGATE_HOME: join(tmpdir(), 'agate-tests') },
  },
});
