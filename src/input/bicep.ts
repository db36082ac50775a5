import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EmulatorError } from '../base/errors.ts';
import { SourceText } from '../base/span.ts';

const run = promisify(execFile);

/** Large modules compile to several megabytes of JSON. */
const maximumOutputBytes = 64 * 1024 * 1024;

/** Bicep as installed on this machine. */
export interface BicepCompiler {
  /** As the tool prints it. */
  readonly version: string;
  /** Compiles a `.bicep` file to the ARM template that Azure would get. */
  buildTemplate(path: string): Promise<SourceText>;
  /** Compiles a `.bicepparam` file to a parameter file. */
  buildParameters(path: string): Promise<SourceText>;
}

/**
 * Finds the `bicep` CLI or, failing that, the `az` CLI with its Bicep extension on the PATH.
 *
 * @throws EmulatorError `ToolMissing` when there is neither
 */
export async function findBicepCompiler(env: Readonly<Record<string, string | undefined>>): Promise<BicepCompiler> {
  const standalone = await versionOf('bicep', ['--version'], env);
  if (standalone !== undefined) return compiler('bicep', [], standalone, env);
  const azure = await versionOf('az', ['bicep', 'version'], env);
  if (azure !== undefined) return compiler('az', ['bicep'], azure, env);
  throw new EmulatorError('ToolMissing', 'Bicep files need the bicep or az CLI, and neither is on the PATH.', {
    hint: 'Install Bicep (https://aka.ms/bicep-install), or compile the file elsewhere with `bicep build` and pass the JSON.',
  });
}

type Environment = Readonly<Record<string, string | undefined>>;

async function versionOf(command: string, args: readonly string[], env: Environment): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(command, args, { env });
    return (stdout || stderr).trim().split('\n')[0];
  } catch {
    // Not installed, or installed without Bicep: the caller looks further.
    return undefined;
  }
}

function compiler(command: string, prefix: readonly string[], version: string, env: Environment): BicepCompiler {
  const build = async (verb: string, path: string): Promise<string> => {
    const file = command === 'az' ? ['--file', path] : [path];
    try {
      const { stdout } = await run(command, [...prefix, verb, ...file, '--stdout'], {
        env,
        maxBuffer: maximumOutputBytes,
      });
      return stdout;
    } catch (cause) {
      const detail = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
      throw new EmulatorError('FileUnreadable', `'${path}' does not compile with ${version}:\n${detail}`, {
        hint: 'Mend what Bicep reports and try again.',
        cause,
      });
    }
  };
  return {
    version,
    buildTemplate: async (path) => compiled(path, await build('build', path)),
    buildParameters: async (path) => compiled(path, parametersIn(await build('build-params', path))),
  };
}

/** Places in findings are places in the JSON that Bicep made; the name says so. */
function compiled(path: string, text: string): SourceText {
  return new SourceText(`${path} (compiled)`, text);
}

/** `build-params --stdout` prints `{ parametersJson, templateJson, templateSpecId }`, whose members are JSON as text. */
function parametersIn(stdout: string): string {
  try {
    const { parametersJson } = JSON.parse(stdout) as { readonly parametersJson?: unknown };
    if (typeof parametersJson === 'string') return parametersJson;
  } catch {
    // No JSON at all: whoever reads it says what is wrong and where.
  }
  return stdout;
}
