// A function of source text: its code and the scope where it was written.

#ifndef GOSHAWK_GOJS_JS_SCRIPT_SCRIPT_FUNCTION_H_
#define GOSHAWK_GOJS_JS_SCRIPT_SCRIPT_FUNCTION_H_

#include <memory>
#include <string_view>

#include "gojs/js/function.h"
#include "gojs/js/script/ast.h"
#include "gojs/js/script/scope.h"

namespace goshawk::gojs::script {

class ScriptFunction final : public Function {
 public:
  static const ClassInfo kClass;
  ScriptFunction(Realm& realm, std::shared_ptr<const Script> script,
                 uint32_t function, Ref<Scope> scope);

  Completion Call(const Value& self, Args args) override;
  Completion Construct(Args args, Object* new_target) override;

  std::string_view source() const override;

 private:
  Completion Run(Value self, Args args);
  // Fills the scope of a call: parameters, variables, `arguments`.
  Completion Bind(class Evaluator& evaluator, Scope& scope, Args args);
  void Trace(Tracer& tracer) const override;
  void Clear() override;

  const FunctionCode& code() const { return script_->functions[function_]; }

  const std::shared_ptr<const Script> script_;
  const uint32_t function_;
  Ref<Scope> scope_;
};

// The arguments of a call as an object.
Ref<Object> NewArguments(Realm& realm, Args args);

}  // namespace goshawk::gojs::script

#endif  // GOSHAWK_GOJS_JS_SCRIPT_SCRIPT_FUNCTION_H_
