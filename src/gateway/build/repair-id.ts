/** An ID as it was meant, and what had to be taken off its end. */
export interface RepairedId {
  readonly id: string;
  /** Quotes and brackets left over from a template expression, as in `…/frontendPorts/port80')]`; empty for most. */
  readonly stray: string;
}

/** Takes leftovers of an expression off the end of an ID. No name of Azure may end in these characters. */
export function repairId(text: string): RepairedId {
  const id = text.trim().replace(/['"`)\]},;\s]+$/, '');
  return { id, stray: text.trim().slice(id.length) };
}
