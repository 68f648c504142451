#include "tests/program/web_project.h"

#include <filesystem>

#include "tests/program/command.h"

namespace goshawk::program_test {
namespace {

constexpr int kModules = 60;
constexpr int kScripts = 40;

// Puts the number in the place of each '#', and the next one in that of '@'.
std::string Numbered(std::string text, int number) {
  const std::string here = std::to_string(number);
  const std::string next = std::to_string(number + 1);
  for (size_t i = 0; i < text.size();) {
    const std::string* digits = nullptr;
    if (text[i] == '#') digits = &here;
    if (text[i] == '@') digits = &next;
    if (digits != nullptr) text.replace(i, 1, *digits);
    i += digits != nullptr ? digits->size() : 1;
  }
  return text;
}

// One of a chain of modules, each of which imports the next.
constexpr char kModule[] =
    R"(import { Shape@, area@, type Named@ } from "./module@";
import * as legacy from "../scripts/script#.js";

export interface Named# extends Partial<Named@> { readonly name: string; }
export enum Kind# { Plain = #, Round = Plain << 2, Text = "text#" }
declare const DEBUG: boolean | undefined;

export abstract class Shape# {
  protected constructor(public readonly name: string, private sides?: number) {
    Shape#.count = (Shape#.count ?? 0) + 1;
  }
  static count?: number;
  get label(): string { return `${this.name}/${Kind#.Plain}${"\u00e9\ud83d\ude00"}`; }
  abstract area(): number;
}

export class Box# extends Shape# implements Named# {
  constructor(private w: number, private h = w) { super("box#"); }
  area(): number { return this.w * this.h ** 2; }
  *[Symbol.iterator]() { yield* [this.w, this.h]; }
}

export async function area#<T extends Shape# | Shape@>(shape: T): Promise<number> {
  const { name: title = "none", ...rest } = shape as any;
  for await (const part of [legacy.twice(#), area@(shape as any)]) {
    if (part === undefined || title?.length > 1_000) continue;
    rest[title] ||= part satisfies number;
  }
  // Unused, to be shaken off.
  const unused = /(?<year>\d{4})#/u.exec(title);
  return new Box#(#, 0x#).area() + (unused ? 1 : 0);
}

export function never#() { return "nobody calls this #"; }
)";

constexpr char kLast[] =
    R"(export interface Named# { readonly name: string; tags?: string[] }
export abstract class Shape# { abstract area(): number; }
export class Box# extends Shape# { area() { return #; } }
export async function area#(shape: Shape#) { return shape.area(); }
)";

constexpr char kScript[] = R"('use strict';
var table = require('../data/table#.json');
exports.twice = function twice(n) {
  var i, sum = 0;
  outer: for (i = 0; i < table.values.length; i++) {
    switch (table.values[i] % 3) {
      case 0: continue outer;
      case 1: sum += n; break;
      default: try { sum -= JSON.parse(table.name); } catch (e) { sum++; }
    }
  }
  return sum * 2 + /* # */ 1e#;
};
module.exports.name = table.name || "script#";
)";

constexpr char kView[] = R"(import { Box1, area1 } from "./modules/module1";
import "./style.css";

const React = { createElement: (...all: unknown[]) => all, Fragment: "" };
type Props = { title: string; children?: unknown };
const Header = ({ title, children }: Props) => (
  <header className="top" {...{ title }}>
    <h1>{title} &amp; more &#128512;</h1>{children}
  </header>
);
export const view = <><Header title="Shapes">
  {[...new Box1(3)].map((n) => <li key={n}>{n}</li>)}
</Header></>;
export const later = () => import("./legacy.js").then((m) => m.default(area1));
)";

constexpr char kStyle[] = R"(@import "./more.css";
.top { color: rgba(255, 0, 0, 0.5); margin: 0 0 0 0; &:hover { width: calc(1px + 2em) } }
@media (min-width: 10px) { .top::after { content: "\201C#"; } }
)";

constexpr char kBroken[] = R"(import { missing } from "./nowhere";
import { area1 } from "./modules/module1";
export const broken: number = area1(;
const twice = 1, twice = 2;
)";

}  // namespace

void WriteWebProject(const std::string& directory) {
  const std::string source = directory + "/src/";
  for (const char* folder : {"modules", "scripts", "data"}) {
    std::filesystem::create_directories(source + folder);
  }
  std::string main = "import { view } from './view';\n";
  std::string uses;
  for (int i = 0; i < kModules; ++i) {
    const std::string n = std::to_string(i);
    std::string module = Numbered(i + 1 < kModules ? kModule : kLast, i);
    // There are fewer scripts than modules.
    const std::string script = "script" + n + ".js";
    if (const size_t at = module.find(script); at != std::string::npos) {
      module.replace(at, script.size(),
                     "script" + std::to_string(i % kScripts) + ".js");
    }
    WriteFile(source + "modules/module" + n + ".ts", module);
    if (i % 7 == 3) {
      main += "import { area" + n + ", Box" + n + " } from './modules/module" +
              n + "';\n";
      uses += "  await area" + n + "(new Box" + n + "(" + n + "));\n";
    }
  }
  for (int i = 0; i < kScripts; ++i) {
    const std::string n = std::to_string(i);
    WriteFile(source + "scripts/script" + n + ".js", Numbered(kScript, i));
    std::string table = "{\"name\": \"table" + n + "\", \"values\": [0";
    for (int j = 1; j < 50; ++j) table += ", " + std::to_string(i * j % 17);
    WriteFile(source + "data/table" + n + ".json", table + "]}\n");
  }
  WriteFile(source + "main.ts", main + "export async function run() {\n" +
                                    uses +
                                    "  console.log(view);\n}\nvoid run();\n");
  WriteFile(source + "view.tsx", kView);
  WriteFile(source + "legacy.js",
            "const s = require('./scripts/script1.js');\n"
            "module.exports = (f) => f(s);\n");
  WriteFile(source + "style.css", kStyle);
  WriteFile(source + "more.css", "body { font: 12px/1.5 \"Some Font\" }\n");
  WriteFile(source + "broken.ts", kBroken);
  WriteFile(directory + "/package.json",
            "{\"name\": \"shapes\", \"sideEffects\": [\"*.css\"]}\n");
  WriteFile(directory + "/tsconfig.json",
            "{\"compilerOptions\": {\"jsx\": \"react\", \"strict\": true}}\n");
}

}  // namespace goshawk::program_test
