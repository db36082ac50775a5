/**
 * Agate as a library: evaluate, lint, explain and run templates with application gateways.
 *
 * A template is a path, its text, or an object. Faults of the template come back as diagnostics; only misuse throws, an
 * {@link EmulatorError} with a code and, mostly, a hint.
 *
 * @packageDocumentation
 */
export type { Diagnostic, RelatedPlace, Severity } from './base/diagnostic.ts';
export { EmulatorError, type EmulatorErrorCode } from './base/errors.ts';
export type { Position, Range } from './base/span.ts';
export type { BackendHealth } from './emulator/backend-health.ts';
export type { BackendDescription, ListenerDescription } from './emulator/descriptions.ts';
export { type EvaluatedTemplate, evaluateTemplate } from './library/evaluate-template.ts';
export { type ExplainOptions, explainRequest } from './library/explain-request.ts';
export { type LintOptions, lintTemplate } from './library/lint-template.ts';
export { type RunningGateway, type StartOptions, startEmulator } from './library/start-emulator.ts';
export type { TemplateOptions } from './library/template-options.ts';
export type { RequestFacts } from './routing/described-request.ts';
export type { Explanation } from './routing/explain.ts';
