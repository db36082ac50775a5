/** Other text for a piece of a file. */
export interface TextEdit {
  /** The file as the user named it. */
  readonly file: string;
  /** UTF-16 units from the beginning of the text, which is behind a byte order mark: that one stands at -1. */
  readonly offset: number;
  /** How much is replaced; 0 to insert. */
  readonly length: number;
  readonly text: string;
}

/** The one safe way to mend what a finding is about. */
export interface Fix {
  /** What is done, as `Write 'frontendPort'.` */
  readonly title: string;
  /**
   * `text`: means the same wherever it stands, such as a comma. `value`: changes a value or a name, and is safe only
   * inside of a resource; a parameter or a variable may be used for other things too.
   */
  readonly reach: 'text' | 'value';
  readonly edits: readonly TextEdit[];
}
