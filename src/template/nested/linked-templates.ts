import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Value } from '../value.ts';

/** What `templateLink` or `parametersLink` says, evaluated. One of `uri`, `relativePath` and `id` is given. */
export interface TemplateLink {
  readonly kind: 'template' | 'parameters';
  readonly uri: string | undefined;
  readonly relativePath: string | undefined;
  /** Of a version of a template spec. */
  readonly id: string | undefined;
  /** The template that has the link: its file, or where it was found. */
  readonly from: string;
}

/** A linked document that was found. */
export interface LinkedDocument {
  /** Undefined when its text is not JSON; then the diagnostics say why. */
  readonly value: Value | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** From where the document's own relative links start. */
  readonly location: string;
}

/**
 * Finds linked templates. Whoever gives one has read what may be linked before: evaluation itself reads no files.
 */
export interface LinkedTemplates {
  /** The document, or what to do so that it is found. */
  find(link: TemplateLink): LinkedDocument | { readonly hint: string };
}

/** For templates that stand alone. */
export const noLinkedTemplates: LinkedTemplates = {
  find: () => ({ hint: 'Give the folder in which it lies with --linked <uri prefix>=<folder>.' }),
};
