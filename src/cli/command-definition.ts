import type { Command } from 'commander';

/** A command, and what its help and its page in `docs/commands/` say besides its arguments and options. */
export interface CommandDefinition {
  readonly command: Command;
  /** Paragraphs of the page, in Markdown: what the command is for, and what is not plain from its options. */
  readonly about: string;
  /** Lines that are worth knowing where the help is read. */
  readonly notes?: readonly string[];
  /** Command lines that work from the root of the repository. */
  readonly examples: readonly string[];
}

/** Ends the help of a command with its examples. */
export function withExamples({ command, notes = [], examples }: CommandDefinition): Command {
  const noted = notes.length === 0 ? [] : ['', ...notes];
  return command.addHelpText('after', [...noted, '', 'Examples:', ...examples.map((line) => `  ${line}`)].join('\n'));
}
