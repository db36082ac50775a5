// Measures routing decisions in a process of its own and prints the figures as a line of JSON.
//
//   jiti measure-routing.ts <shared|separate|distinct> <rounds>
import { type MapLayout, measureRouting } from '../routing.ts';

const [layout, rounds] = process.argv.slice(2);
console.log(JSON.stringify(await measureRouting(layout as MapLayout, Number(rounds))));
