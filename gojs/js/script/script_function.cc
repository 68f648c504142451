#include "gojs/js/script/script_function.h"

#include <utility>

#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/iterator.h"
#include "gojs/js/script/evaluator.h"

namespace goshawk::gojs::script {
namespace {

// What `new` gives its objects; made when somebody asks.
Completion MakePrototype(const Invocation& call) {
  const Ref<Object> prototype = call.realm.NewObject();
  prototype->Define(call.realm.names().constructor, call.self,
                    kWritable | kConfigurable);
  return Value(prototype);
}

constexpr Member kConstructorMembers[] = {Lazy<&MakePrototype>("prototype")};

constexpr Member kArgumentsMembers[] = {
    Method<&IterateValues>("@@iterator"),
};

constexpr ClassInfo kArgumentsClass = {.name = "Arguments",
                                       .parent = &Object::kClass,
                                       .members = kArgumentsMembers};

}  // namespace

const ClassInfo ScriptFunction::kClass = {.name = "Function",
                                          .parent = &Function::kClass};

Ref<Object> NewArguments(Realm& realm, Args args) {
  const Ref<Object> object = realm.New<Object>(kArgumentsClass);
  for (size_t i = 0; i < args.size(); ++i) {
    static_cast<void>(object->SetIndex(static_cast<int64_t>(i), args[i]));
  }
  object->Define(realm.names().length, Value(args.size()),
                 kWritable | kConfigurable);
  return object;
}

ScriptFunction::ScriptFunction(Realm& realm,
                               std::shared_ptr<const Script> script,
                               uint32_t function, Ref<Scope> scope)
    : Function(realm, kClass),
      script_(std::move(script)),
      function_(function),
      scope_(std::move(scope)) {
  if (!code().arrow && !code().method) Declare(kConstructorMembers);
  Describe(code().name == 0 ? "" : script_->Text(code().name)->view(),
           code().length);
}

std::string_view ScriptFunction::source() const {
  return std::string_view(script_->source)
      .substr(code().begin, code().end - code().begin);
}

Completion ScriptFunction::Call(const Value& self, Args args) {
  // Functions are sloppy.
  return Run(self.IsNullish() ? Value(&realm().global()) : self, args);
}

Completion ScriptFunction::Construct(Args args, Object* new_target) {
  if (code().arrow || code().method) {
    const std::string_view name = code().name == 0
                                      ? "(intermediate value)"
                                      : script_->Text(code().name)->view();
    return realm().Throw(ErrorKind::kTypeError,
                         std::string(name) + " is not a constructor");
  }
  Completion prototype = new_target->Get(realm().names().prototype);
  if (!prototype.ok()) return prototype;
  Ref<Object> chosen = prototype.value().AsObject();
  if (!chosen) chosen = realm().Prototype(Object::kClass);
  const Ref<Object> made = realm().New<Object>(Object::kClass, chosen);
  Completion result = Run(Value(made), args);
  if (!result.ok() || result.value().IsObject()) return result;
  return Value(made);
}

Completion ScriptFunction::Run(Value self, Args args) {
  if (realm().native_stack().IsLow()) return realm().ThrowTooDeep();
  const Ref<ScriptFunction> keep = this;
  const Ref<Scope> scope = realm().New<Scope>(scope_);
  if (!code().arrow) scope->SetThis(std::move(self));
  Evaluator evaluator(realm(), script_, scope);
  if (Completion c = Bind(evaluator, *scope, args); !c.ok()) return c;
  return evaluator.RunBody(code().body);
}

Completion ScriptFunction::Bind(Evaluator& evaluator, Scope& scope, Args args) {
  if (code().uses_arguments && !code().arrow) {
    scope.Declare(realm().Intern("arguments").get(),
                  Value(NewArguments(realm(), args)), Scope::kVariable);
  }
  size_t i = 0;
  for (const FunctionCode::Parameter& parameter : code().parameters) {
    Value value = i < args.size() ? args[i] : Value();
    if (parameter.rest) {
      const Args rest = args.subspan(std::min(i, args.size()));
      value = Value(
          realm().New<Array>(std::vector<Value>(rest.begin(), rest.end())));
    } else if (value.IsUndefined() && parameter.otherwise != 0) {
      Completion c = evaluator.Evaluate(parameter.otherwise);
      if (!c.ok()) return c;
      value = std::move(c.value());
    }
    scope.Declare(script_->Text(parameter.name), std::move(value),
                  Scope::kVariable);
    ++i;
  }
  for (const TextId name : code().variables) {
    String* text = script_->Text(name);
    if (scope.Find(text) == nullptr) {
      scope.Declare(text, Value(), Scope::kVariable);
    }
  }
  return Completion();
}

void ScriptFunction::Trace(Tracer& tracer) const {
  tracer(scope_);
  Function::Trace(tracer);
}

void ScriptFunction::Clear() {
  scope_ = {};
  Function::Clear();
}

}  // namespace goshawk::gojs::script
