/** What `agate` exits with. */
export const exitCode = {
  fine: 0,
  /** Findings at or above `--fail-on`, or failed expectations. */
  findings: 1,
  /** Unreadable input, bad usage, a port taken. */
  couldNotWork: 2,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
