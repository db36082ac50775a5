import { measureRouting } from '/work/main/test/bench/routing.ts';

const t = performance.now();
console.log(measureRouting(), performance.now() - t);
