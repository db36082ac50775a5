import { resolve } from 'node:path';
import { EmulatorError } from '../base/errors.ts';
import type { SourceText, Span } from '../base/span.ts';
import { stringValue, type Value } from '../template/value.ts';
import { readSource } from './read-source.ts';

/** One source of parameter values; of several that name the same parameter the last wins. */
export type ParameterSource =
  | { readonly kind: 'file'; readonly source: SourceText; readonly env: Environment }
  /** `name=value` as typed; how the text is read depends on the parameter's declared type. */
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  /** A value of the configuration, or of a program that uses Agate as a library. */
  | { readonly kind: 'value'; readonly name: string; readonly value: Value; readonly keySpan?: Span | undefined }
  /** `name=@file.json`: the file's text, read as JSON unless the parameter is a string. */
  | { readonly kind: 'fileText'; readonly name: string; readonly source: SourceText }
  /** What a parameter file takes from outside; in the place of no parameter. */
  | { readonly kind: 'externalInput'; readonly name: string; readonly value: Value };

/** Environment variables, which are inputs of the kind `sys.envVar`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads what `-p` names: a parameter file (`.json`, `.bicepparam`), `name=value`, `name=@file`, or
 * `externalInputs.name=value`.
 *
 * @param folder where relative paths start
 * @throws EmulatorError `FileUnreadable`, `InvalidOption`, or `ToolMissing` for a `.bicepparam` without Bicep
 */
export async function readParameterArguments(
  args: readonly string[],
  folder: string,
  env: Environment,
): Promise<readonly ParameterSource[]> {
  return Promise.all(args.map((arg) => readParameterArgument(arg, folder, env)));
}

async function readParameterArgument(arg: string, folder: string, env: Environment): Promise<ParameterSource> {
  const [, inputName, input] = /^externalInputs\.([^=]+)=(.*)$/s.exec(arg) ?? [];
  if (inputName !== undefined && input !== undefined) {
    return { kind: 'externalInput', name: inputName, value: stringValue(input) };
  }
  const [, name, text] = /^([A-Za-z_][\w-]*)=(.*)$/s.exec(arg) ?? [];
  if (name === undefined || text === undefined) {
    const path = pathFrom(folder, arg);
    if (!path.endsWith('.bicepparam')) return { kind: 'file', source: await readSource(path), env };
    const { findBicepCompiler } = await import('./bicep.ts');
    const compiler = await findBicepCompiler(env);
    return { kind: 'file', source: await compiler.buildParameters(path), env };
  }
  if (!text.startsWith('@')) return { kind: 'text', name, text };
  if (text === '@') {
    throw new EmulatorError('InvalidOption', `-p ${arg} names no file.`, { hint: `Write -p ${name}=@values.json.` });
  }
  return { kind: 'fileText', name, source: await readSource(pathFrom(folder, text.slice(1))) };
}

/** Paths are shown as the user wrote them, so they stay relative when they start from the current folder. */
function pathFrom(folder: string, path: string): string {
  return resolve(folder) === process.cwd() ? path : resolve(folder, path);
}
