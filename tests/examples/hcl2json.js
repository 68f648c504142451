// What hcl2json.cc does, under node with the package's own launcher:
//
//   node hcl2json.js PACKAGE file.tf...
"use strict";
const Module = require("module");
const fs = require("fs");
const path = require("path");

// All that is needed of the one dependency.
const load = Module._load;
Module._load = (name, ...rest) =>
  name === "fs-extra"
    ? { ...fs, readFile: fs.promises.readFile }
    : load(name, ...rest);

// The launcher's bridge parses what Go gives; the text itself is wanted.
JSON.parse = (text) => text;

const { parse } = require(path.join(process.argv[2], "lib", "bridge.js"));
(async () => {
  for (const file of process.argv.slice(3)) {
    const text = fs.readFileSync(file, "utf8");
    console.log(await parse(file, text).catch((error) => error.message));
  }
  process.exit(0);
})();
