// Measures routing decisions in a process of its own and prints the figures as a line of JSON.
//
//   jiti measure-routing.ts <rounds>
import { measureRouting } from '../routing.ts';

console.log(JSON.stringify(await measureRouting({ rounds: Number(process.argv[2]) })));
