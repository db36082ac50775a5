import type { DiagnosticKind } from '../base/diagnostic.ts';
import { buildKinds } from '../gateway/build/diagnostics.ts';
import { schemaKinds } from '../resources/diagnostics.ts';
import { kinds as templateKinds } from '../template/diagnostics.ts';

/** What is found before the rules run: its findings say themselves what is wrong. */
export interface EarlierKind extends DiagnosticKind {
  /** What is being done when it is found. */
  readonly stage: string;
}

const stageOf = ({ code }: DiagnosticKind): string =>
  code.startsWith('AGW00') ? 'the text of the template is read' : 'the template is evaluated';

export const earlierKinds: readonly EarlierKind[] = [
  ...Object.values(templateKinds).map((kind) => ({ ...kind, stage: stageOf(kind) })),
  ...Object.values(schemaKinds).map((kind) => ({ ...kind, stage: 'resources are checked by their api-versions' })),
  ...Object.values(buildKinds).map((kind) => ({ ...kind, stage: 'references inside the gateway are followed' })),
];
