#include "gojs/js/script/compile.h"

#include <memory>
#include <string>

#include "gojs/js/convert.h"
#include "gojs/js/realm.h"
#include "gojs/js/script/evaluator.h"
#include "gojs/js/script/parser.h"
#include "gojs/js/script/script_function.h"

namespace goshawk::gojs {
namespace {

using script::Evaluator;
using script::Scope;
using script::Script;

// Null if there is an error; `*thrown` says which.
std::shared_ptr<const Script> ParseOrThrow(Realm& realm,
                                           std::string_view source,
                                           Completion* thrown) {
  std::string error;
  bool too_deep = false;
  std::shared_ptr<const Script> script =
      script::Parse(realm, source, &error, &too_deep);
  if (script == nullptr) {
    *thrown = too_deep ? realm.ThrowTooDeep()
                       : realm.Throw(ErrorKind::kSyntaxError, error);
  }
  return script;
}

Completion Run(Realm& realm, const std::shared_ptr<const Script>& script) {
  const Ref<Scope> scope = realm.New<Scope>(Ref<Scope>());
  scope->SetThis(Value(&realm.global()));
  return Evaluator(realm, script, scope).RunTop();
}

// Whether the whole text is one function in parentheses: a "body" such as
// "}); f(function() {" is none.
bool IsOneFunction(const Script& script) {
  const auto statements = script.List(script.nodes[script.top.body].a);
  if (statements.size() != 1) return false;
  const script::Node& statement = script.nodes[statements[0]];
  if (statement.kind != script::NodeKind::kExpression) return false;
  const script::Node& value = script.nodes[statement.a];
  if (value.kind != script::NodeKind::kFunction) return false;
  const script::FunctionCode& function = script.functions[value.a];
  return function.begin == 1 && function.end == script.source.size() - 1;
}

}  // namespace

Completion Eval(const Invocation& call) {
  Value source = call.Arg(0);
  if (!source.IsString()) return source;
  Completion thrown;
  const auto script =
      ParseOrThrow(call.realm, source.string()->view(), &thrown);
  return script == nullptr ? thrown : Run(call.realm, script);
}

Completion MakeFunction(const Invocation& call) {
  std::string parameters;
  std::string body;
  for (size_t i = 0; i < call.args.size(); ++i) {
    const Completion text = ToJsString(call.realm, call.args[i]);
    if (!text.ok()) return text;
    if (i + 1 == call.args.size()) {
      body = text.value().string()->view();
    } else {
      if (i > 0) parameters += ',';
      parameters += text.value().string()->view();
    }
  }
  Completion thrown;
  if (ParseOrThrow(call.realm, "(function(" + parameters + "\n) {\n})",
                   &thrown) == nullptr) {
    return call.realm.Throw(ErrorKind::kSyntaxError,
                            "Arg string terminates parameters early");
  }
  const auto script = ParseOrThrow(
      call.realm,
      "(function anonymous(" + parameters + "\n) {\n" + body + "\n})", &thrown);
  if (script == nullptr) return thrown;
  if (!IsOneFunction(*script)) {
    return call.realm.Throw(ErrorKind::kSyntaxError,
                            "Single function literal required");
  }
  return Run(call.realm, script);
}

}  // namespace goshawk::gojs
