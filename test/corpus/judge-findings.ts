import type { Diagnostic } from '../../src/base/diagnostic.ts';

/** Errors that keep an entry from running, by the stage they belong to, and the others. */
export interface JudgedFindings {
  readonly parses: readonly Diagnostic[];
  readonly evaluates: readonly Diagnostic[];
  readonly builds: readonly Diagnostic[];
  /**
   * Of other resources, or of schemas: Azure would refuse the deployment, or has taken it in spite of its schemas. Either
   * way the gateway is there.
   */
  readonly other: readonly Diagnostic[];
}

/**
 * Sorts the errors found while a document was loaded.
 *
 * @param obstacles those that `agate run` would stop at
 */
export function judgeFindings(diagnostics: readonly Diagnostic[], obstacles: readonly Diagnostic[]): JudgedFindings {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return {
    parses: obstacles.filter(({ code }) => code.startsWith('AGW00')),
    evaluates: obstacles.filter(({ code }) => code.startsWith('AGW1')),
    builds: obstacles.filter(({ code }) => !code.startsWith('AGW00') && !code.startsWith('AGW1')),
    other: errors.filter((error) => !obstacles.includes(error)),
  };
}
