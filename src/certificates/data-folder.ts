import { join } from 'node:path';

/** What tells where a user's programs keep their data. */
export interface UserWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
}

/**
 * The folder in which Agate keeps what outlives a process, the local certificate authority above all: `AGATE_HOME`, or
 * a folder of its own where the platform has data of programs. null when there is no such place.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function dataFolder({ env, platform, homeFolder }: UserWorld): string | null {
  const own = env['AGATE_HOME'];
  if (own) return own;
  const base = env['XDG_DATA_HOME'] || platformFolder(env, platform, homeFolder);
  return base === null ? null : join(base, 'agate');
}

function platformFolder(env: UserWorld['env'], platform: NodeJS.Platform, homeFolder: string): string | null {
  if (platform === 'win32') return env['LOCALAPPDATA'] || null;
  if (homeFolder === '') return null;
  return platform === 'darwin'
    ? join(homeFolder, 'Library', 'Application Support')
    : join(homeFolder, '.local', 'share');
}
