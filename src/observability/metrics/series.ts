/** How far back the minutes go; Azure's default span is an hour. */
export const minutesKept = 60;

/** Upper bounds, in milliseconds, of the classes into which durations are sorted. */
export const durationBounds: readonly number[] = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000,
];

/** What one minute brought; Azure's finest grain. */
export interface MinuteValues {
  /** Minutes since 1970-01-01 UTC. */
  readonly minute: number;
  readonly count: number;
  readonly sum: number;
  readonly maximum: number;
  /** What held at its end. */
  readonly last: number;
}

/** All that a series holds, to be sent to another process; of its minutes only the latest. */
export interface SeriesSnapshot {
  readonly dimensions: readonly string[];
  readonly count: number;
  readonly sum: number;
  readonly last: number;
  readonly classes: readonly number[] | null;
  readonly minutes: readonly MinuteValues[];
}

interface OpenMinute {
  minute: number;
  count: number;
  sum: number;
  maximum: number;
  last: number;
}

/** The values of a metric for one combination of its dimensions: all of them together, and minute by minute. */
export class Series {
  /** Values of the dimensions, in the definition's order. */
  readonly dimensions: readonly string[];
  count = 0;
  sum = 0;
  last = 0;
  /** How many fell into each class of `durationBounds`, and above all of them; null when values are no durations. */
  readonly classes: number[] | null;
  readonly #minutes: OpenMinute[] = [];
  #current: OpenMinute = { minute: -1, count: 0, sum: 0, maximum: 0, last: 0 };

  constructor(dimensions: readonly string[], isDuration: boolean) {
    this.dimensions = dimensions;
    this.classes = isDuration ? new Array<number>(durationBounds.length + 1).fill(0) : null;
  }

  add(value: number, minute: number): void {
    this.count++;
    this.sum += value;
    this.last = value;
    if (this.classes !== null) this.#classify(value, this.classes);
    const current = this.#current.minute === minute ? this.#current : this.#open(minute);
    current.count++;
    current.sum += value;
    current.last = value;
    if (value > current.maximum) current.maximum = value;
  }

  /** undefined when nothing was added in that minute, or when it is too long ago. */
  at(minute: number): MinuteValues | undefined {
    return this.#minutes.find((values) => values.minute === minute);
  }

  /** What held in a minute that may have brought nothing new: the last value before it. */
  levelAt(minute: number): MinuteValues | undefined {
    const latest = this.#minutes.findLast((values) => values.minute <= minute);
    if (latest === undefined || latest.minute === minute) return latest;
    const { last } = latest;
    return { minute, count: 1, sum: last, maximum: last, last };
  }

  /** @param since first of the minutes to be told */
  snapshot(since: number): SeriesSnapshot {
    const { dimensions, count, sum, last, classes } = this;
    return { dimensions, count, sum, last, classes, minutes: this.#minutes.filter(({ minute }) => minute >= since) };
  }

  /** Becomes what a snapshot tells; minutes that it does not tell stay. */
  adopt({ count, sum, last, classes, minutes }: SeriesSnapshot): void {
    this.count = count;
    this.sum = sum;
    this.last = last;
    for (const [index, inClass] of (classes ?? []).entries()) if (this.classes !== null) this.classes[index] = inClass;
    for (const values of minutes) Object.assign(this.#open(values.minute), values);
  }

  /** Adds all that another one holds, as if it had been added here. */
  absorb(other: Series): void {
    this.count += other.count;
    this.sum += other.sum;
    this.last += other.last;
    for (const [index, inClass] of (other.classes ?? []).entries()) {
      if (this.classes !== null) this.classes[index] = (this.classes[index] ?? 0) + inClass;
    }
    for (const { minute, count, sum, maximum } of other.#minutes) {
      const own = this.#open(minute);
      own.count += count;
      own.sum += sum;
      own.maximum = Math.max(own.maximum, maximum);
    }
  }

  /** Becomes the sum of levels that hold at the same time, each in a place of its own. */
  sumLevels(all: readonly Series[]): void {
    this.last = all.reduce((sum, { last }) => sum + last, 0);
    const minutes = new Set(all.flatMap((series) => series.#minutes.map(({ minute }) => minute)));
    for (const minute of [...minutes].sort((a, b) => a - b)) {
      const held = all.flatMap((series) => series.levelAt(minute) ?? []);
      this.count++;
      Object.assign(this.#open(minute), {
        count: 1,
        sum: held.reduce((sum, values) => sum + values.sum / values.count, 0),
        maximum: held.reduce((sum, { maximum }) => sum + maximum, 0),
        last: held.reduce((sum, { last }) => sum + last, 0),
      });
    }
  }

  #classify(value: number, classes: number[]): void {
    let index = 0;
    while (index < durationBounds.length && value > (durationBounds[index] ?? 0)) index++;
    classes[index] = (classes[index] ?? 0) + 1;
  }

  #open(minute: number): OpenMinute {
    // A request that took long is counted when it ends; a clock that was set back must not make minutes twice.
    const known = this.#minutes.find((values) => values.minute === minute);
    this.#current = known ?? { minute, count: 0, sum: 0, maximum: 0, last: 0 };
    if (known === undefined) this.#minutes.push(this.#current);
    if (this.#minutes.length > minutesKept) this.#minutes.shift();
    return this.#current;
  }
}
