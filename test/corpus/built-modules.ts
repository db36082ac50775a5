/**
 * The built code, with the types of its sources: the corpus is run on what users run, and a hundred entries a second
 * would be no measure of anything on code that is translated while it loads.
 */
export interface BuiltModules {
  readonly loadInput: typeof import('../../src/input/load-input.ts').loadInput;
  readonly templateParameters: typeof import('../../src/input/template-parameters.ts').templateParameters;
  readonly loadGateways: typeof import('../../src/gateway/load-gateways.ts').loadGateways;
  readonly startEmulator: typeof import('../../src/emulator/emulator.ts').startEmulator;
  readonly systemClock: typeof import('../../src/base/clock.ts').systemClock;
}

export async function loadBuiltModules(): Promise<BuiltModules> {
  const paths = [
    'input/load-input.js',
    'input/template-parameters.js',
    'gateway/load-gateways.js',
    'emulator/emulator.js',
    'base/clock.js',
  ];
  const modules = await Promise.all(paths.map((path) => import(new URL(`../../dist/${path}`, import.meta.url).href)));
  return Object.assign({}, ...modules);
}
