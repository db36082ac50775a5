/** A code block of a page. */
export type PageBlock =
  | { readonly kind: 'command'; readonly terminal: string | null; readonly text: string }
  /** What a terminal shows; null for the command above. */
  | { readonly kind: 'output'; readonly terminal: string | null; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly text: string };

/**
 * The blocks of a Markdown page that are meant to be followed: those marked `sh` or `text`, with `terminal=<name>` where a
 * command goes on for good, and any with `file=<path>`, which is what to write into that file.
 */
export function parsePage(markdown: string): readonly PageBlock[] {
  const blocks = markdown.matchAll(/^```(\w+)(?: terminal=(\w+))?(?: file=(\S+))?\n(.*?)^```$/gms);
  return [...blocks].flatMap(([, language, terminal = null, path, body = '']): PageBlock[] => {
    if (path !== undefined) return [{ kind: 'file', path, text: body }];
    const text = body.trimEnd();
    if (language === 'sh') return [{ kind: 'command', terminal, text }];
    return language === 'text' ? [{ kind: 'output', terminal, text }] : [];
  });
}

/**
 * Whether output has the parts of a block one after the other; `…` stands for anything between two of them. How wide
 * columns are depends on what is in them, so that blanks count as one.
 */
export function shows(output: string, block: string): boolean {
  const all = narrowed(output);
  let from = 0;
  for (const part of narrowed(block).split('…')) {
    const at = all.indexOf(part.trim(), from);
    if (at === -1) return false;
    from = at + part.trim().length;
  }
  return true;
}

function narrowed(text: string): string {
  return text.replaceAll(/ +/g, ' ');
}
