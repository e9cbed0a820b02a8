#!/usr/bin/env node
// Written so that an old Node can read it: it has to say that it is too old.
const needed = 24;

if (parseInt(process.versions.node, 10) < needed) {
  console.error(
    "Stint needs Node.js " +
      needed +
      " or newer, and this is Node.js " +
      process.versions.node +
      ". The repository brings its own: use `npm start`, or `node_modules/.bin/node bin/stint.js` after an `npm ci`.",
  );
  process.exitCode = 1;
} else {
  // What was compiled at one start need not be compiled at the next.
  void import("node:module").then(function (module) {
    module.enableCompileCache();
    return import("./start.js");
  });
}
