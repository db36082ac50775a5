import type { Fuzzer } from '../target.ts';
import { admin } from './admin.ts';
import { backendAnswer } from './answer.ts';
import { config } from './config.ts';
import { model } from './model.ts';
import { clientRequest } from './request.ts';
import { rewrite } from './rewrite.ts';
import { template } from './template.ts';
import { testFile } from './test-file.ts';

export const targets: readonly Fuzzer[] = [
  template,
  model,
  clientRequest,
  backendAnswer,
  rewrite,
  testFile,
  config,
  admin,
];
