// Azure compares texts by the invariant culture's collation, where lower case comes before upper case and digits
// before letters. The root order of Unicode is the same; English keeps it, and unlike `und` it never falls back to
// the language of the machine.
// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-comparison#less
const byCase = new Intl.Collator('en', { sensitivity: 'variant', caseFirst: 'lower' });
const ignoringCase = new Intl.Collator('en', { sensitivity: 'accent' });

/** The order of `less` and `items`: negative when `a` comes first. */
export function compareTexts(a: string, b: string): number {
  return byCase.compare(a, b);
}

/** The order of `objectKeys`: texts that differ in case only are equal. */
export function compareTextsIgnoringCase(a: string, b: string): number {
  return ignoringCase.compare(a, b);
}
