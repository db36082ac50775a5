import { sameName } from '../base/case-insensitive-map.ts';
import { type Diagnostic, hasAtLeast } from '../base/diagnostic.ts';
import { EmulatorError } from '../base/errors.ts';
import { chooseGateway } from '../gateway/choose-gateway.ts';
import type { GatewayDocument, LoadedGateway } from '../gateway/load-gateways.ts';
import type { Gateway } from '../gateway/model.ts';
import { lintDocument } from '../lint/lint-template.ts';

export interface OpenChoices {
  /** Which one, when there are several. */
  readonly gateway: string | undefined;
  /** Refuse what Azure would refuse, and what Agate does not emulate. */
  readonly strict: boolean;
  /** What was found on the way to the document. */
  readonly found: readonly Diagnostic[];
  /** Finds what else is wrong for that gateway. */
  readonly check?: (gateway: Gateway) => readonly Diagnostic[];
}

export interface OpenedGateway {
  readonly gateway: Gateway;
  readonly diagnostics: readonly Diagnostic[];
}

/** A template that will not be served, with everything that speaks against it. */
export class TemplateRefused extends EmulatorError {
  /** The errors, and the other findings beside them. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(message: string, diagnostics: readonly Diagnostic[], hint: string) {
    super('TemplateRefused', message, { hint });
    this.diagnostics = diagnostics;
  }
}

/**
 * The gateway of a document, if it can be served as written.
 *
 * @throws TemplateRefused when it cannot, or when it may not be by `strict`
 * @throws EmulatorError `NotAGateway` when there is none, or several and no name
 */
export function openGateway(document: GatewayDocument, choices: OpenChoices): OpenedGateway {
  const { loaded, diagnostics: linted } = lintDocument(document);
  const file = 'kind' in document.document ? 'the template' : document.document.name;
  const faults = choices.found.filter(isError);
  if (loaded.obstacles.length > 0 || (faults.length > 0 && !isClear(loaded.gateways, choices.gateway))) {
    refuse(file, [...faults, ...loaded.obstacles]);
  }
  const { gateway } = chooseGateway(loaded.gateways, choices.gateway, file);
  // Only a gateway that could be built whole tells what is not one of its parts.
  const checked = choices.check?.(gateway) ?? [];
  const found = [...choices.found, ...checked];
  if (hasAtLeast(found, 'error')) refuse(file, found.filter(isError));
  const diagnostics = [...found, ...linted];
  if (choices.strict) refuseBecauseStrict(gateway, diagnostics, file);
  return { gateway, diagnostics };
}

/** Whether there is no doubt about which gateway is meant. */
function isClear(gateways: readonly LoadedGateway[], name: string | undefined): boolean {
  return name === undefined ? gateways.length === 1 : gateways.some(({ gateway }) => sameName(gateway.name, name));
}

function refuse(file: string, errors: readonly Diagnostic[]): never {
  throw new TemplateRefused(refusal(file, 'cannot be served', errors), errors, hintFor(errors));
}

function refuseBecauseStrict(gateway: Gateway, diagnostics: readonly Diagnostic[], file: string): void {
  const errors = diagnostics.filter(isError);
  if (errors.length > 0)
    throw new TemplateRefused(refusal(file, 'would be refused by Azure', errors), errors, withoutStrict);
  const features = [...new Set(gateway.notEmulated.map(({ feature }) => `'${feature}'`))];
  if (features.length === 0) return;
  const uses = features.length === 1 ? 'a feature that is' : 'features that are';
  throw new TemplateRefused(`'${file}' uses ${uses} not emulated: ${features.join(', ')}.`, [], withoutStrict);
}

const withoutStrict = 'Without --strict it is served all the same.';

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

function refusal(file: string, what: string, errors: readonly Diagnostic[]): string {
  const first = errors[0]?.message ?? '';
  return errors.length === 1
    ? `'${file}' ${what}: ${first}`
    : `'${file}' ${what}, for ${errors.length} reasons; the first: ${first}`;
}

function hintFor(errors: readonly Diagnostic[]): string {
  const missing = errors.filter(({ rule }) => rule === 'missing-parameter').length;
  return missing > 0
    ? 'Give values with -p name=value or -p <file>, or take stand-ins with --stand-ins.'
    : '`agate lint` shows everything there is to say about it.';
}
