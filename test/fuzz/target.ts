import fc from 'fast-check';

/** Something that takes what others wrote, and what must hold whatever they did. */
export interface Target<T> {
  readonly name: string;
  /** What has to hold, for people. */
  readonly holds: string;
  readonly inputs: fc.Arbitrary<T>;
  /** Starts what the inputs are given to. */
  open(): Promise<Examiner<T>>;
}

export interface Examiner<T> {
  /** @throws when something does not hold */
  examine(input: T): Promise<void> | void;
  close(): Promise<void>;
}

export interface FuzzOptions {
  readonly seed: number;
  readonly milliseconds: number;
  /** At most so many inputs. */
  readonly runs: number;
  /** Told before each input. */
  onRun(run: number): void;
}

export interface Failure {
  readonly seed: number;
  /** With the seed it leads to the same input again. */
  readonly path: string;
  /** The smallest input that was found. */
  readonly input: string;
  readonly error: string;
}

export interface Outcome {
  readonly runs: number;
  readonly failure: Failure | null;
}

/** A target whose type of inputs nobody else needs to know. */
export interface Fuzzer {
  readonly name: string;
  readonly holds: string;
  fuzz(options: FuzzOptions): Promise<Outcome>;
  /** The input of one run. */
  show(seed: number, run: number): string;
}

/** No input may take longer: something that is linear takes milliseconds. */
const slowMilliseconds = 5000;

export function defineTarget<T>(target: Target<T>): Fuzzer {
  const { name, holds, inputs } = target;
  return {
    name,
    holds,
    fuzz: (options) => fuzz(target, options),
    show: (seed, run) => fc.stringify(fc.sample(inputs, { seed, numRuns: run }).at(-1)),
  };
}

async function fuzz<T>({ inputs, open }: Target<T>, options: FuzzOptions): Promise<Outcome> {
  const examiner = await open();
  let run = 0;
  const property = fc.asyncProperty(inputs, async (input) => {
    options.onRun(++run);
    const started = performance.now();
    await examiner.examine(input);
    const milliseconds = performance.now() - started;
    if (milliseconds > slowMilliseconds) throw new Error(`It took ${Math.round(milliseconds)} ms.`);
  });
  try {
    const details = await fc.check(property, {
      seed: options.seed,
      numRuns: options.runs,
      interruptAfterTimeLimit: options.milliseconds,
      markInterruptAsFailure: false,
    });
    return { runs: details.numRuns, failure: details.failed ? failureOf(details) : null };
  } finally {
    await examiner.close();
  }
}

function failureOf<T>(details: fc.RunDetails<[T]>): Failure {
  const { seed, counterexamplePath, counterexample, errorInstance } = details;
  const error = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
  return { seed, path: counterexamplePath ?? '', input: fc.stringify(counterexample?.[0]), error };
}

/** For targets that start nothing. */
export function pure<T>(examine: (input: T) => void): () => Promise<Examiner<T>> {
  return () => Promise.resolve({ examine, close: () => Promise.resolve() });
}
