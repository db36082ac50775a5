#!/usr/bin/env node
import module, { createRequire } from 'node:module';

// Newer Node.js keeps compiled code between runs, in the user's folder for temporary files.
module.enableCompileCache?.();
createRequire(import.meta.url)('../dist/bundle/main.cjs');
