/** By the clock of who looks. */
export function timeOfDay(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString([], { hour12: false });
}
