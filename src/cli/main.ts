/** The command line, run by importing it: `bin/stint.js` has seen to the version of Node first. */
import { runCommandLine } from "./program.ts";

await runCommandLine(process.argv.slice(2));
