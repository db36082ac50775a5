/** A code block of a page: a command, or what a terminal shows. */
export interface PageBlock {
  readonly kind: 'command' | 'output';
  /** The terminal in which it goes on for good; null for commands that end, and for their output. */
  readonly terminal: string | null;
  readonly text: string;
}

/** The blocks of a Markdown page that are marked `sh` or `text`, with `terminal=<name>` after that or without. */
export function parsePage(markdown: string): readonly PageBlock[] {
  const blocks = markdown.matchAll(/^```(sh|text)(?: terminal=(\w+))?\n(.*?)^```$/gms);
  return [...blocks].map(([, language, terminal, text]) => ({
    kind: language === 'sh' ? 'command' : 'output',
    terminal: terminal ?? null,
    text: (text ?? '').trimEnd(),
  }));
}

/** Whether output has the parts of a block one after the other; `…` stands for anything between two of them. */
export function shows(output: string, block: string): boolean {
  let from = 0;
  for (const part of block.split('…')) {
    const at = output.indexOf(part.trim(), from);
    if (at === -1) return false;
    from = at + part.trim().length;
  }
  return true;
}
