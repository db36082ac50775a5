// Evaluates and lints a template over and over in one process and prints how many it did a second.
//
//   node evaluate-and-lint.mjs <template> <seconds>
import { readFile } from 'node:fs/promises';
import { lintTemplate } from '../../../dist/index.js';

const [file, seconds] = process.argv.slice(2);
const text = await readFile(file, 'utf8');

// Each template differs in its names from the one before, so that nothing is the same text twice.
async function evaluateAndLint(number) {
  const { diagnostics } = await lintTemplate({ template: text.replaceAll('contoso', `contoso${number}`) });
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  if (errors.length > 0) throw new Error(`The template of the bench has an error: ${errors[0].message}`);
}

async function templatesPerSecond(duration) {
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < duration * 1000) await evaluateAndLint(count++);
  return count / ((performance.now() - started) / 1000);
}

await templatesPerSecond(Number(seconds) / 2);
console.log(JSON.stringify({ templatesPerSecond: await templatesPerSecond(Number(seconds)) }));
