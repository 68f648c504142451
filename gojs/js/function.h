// Functions: those of C++ tables, those that C++ makes, and bound ones. What
// wraps a Go function is in gojs/go_object.h, one of source text in
// script/script_function.h.

#ifndef GOSHAWK_GOJS_JS_FUNCTION_H_
#define GOSHAWK_GOJS_JS_FUNCTION_H_

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gojs/js/object.h"

namespace goshawk::gojs {

// Anything that can be called.
class Function : public Object {
 public:
  static const ClassInfo kClass;

  // Its source text; empty if it has none.
  virtual std::string_view source() const { return {}; }

 protected:
  explicit Function(Realm& realm, const ClassInfo& info = kClass);
  // Sets the own properties "length" and "name".
  void Describe(std::string_view name, int length);
};

// A method of a table.
class NativeFunction final : public Function {
 public:
  NativeFunction(Realm& realm, const Member& member);
  Completion Call(const Value& self, Args args) override;

 private:
  const Member& member_;
};

// A constructor: what `globalThis.Array` is. Made by Realm::Constructor.
class ConstructorFunction final : public Function {
 public:
  ConstructorFunction(Realm& realm, const ClassInfo& info);
  Completion Call(const Value& self, Args args) override;
  Completion Construct(Args args, Object* new_target) override;

 private:
  const ClassInfo& of_;
};

// A function that C++ makes while the program runs; what an embedder uses.
class LambdaFunction final : public Function {
 public:
  using Body = std::function<Completion(const Invocation&)>;
  LambdaFunction(Realm& realm, std::string_view name, int length, Body body);
  Completion Call(const Value& self, Args args) override;

 private:
  void Clear() override;
  Body body_;
};

// A function of the language's own machinery with values of its own, such as
// one that settles a promise. Unlike a LambdaFunction it can be collected when
// it is part of a circle.
class ClosureFunction final : public Function {
 public:
  using Slots = std::span<Value>;
  using Body = Completion (*)(const Invocation&, Slots);
  ClosureFunction(Realm& realm, int length, Body body,
                  std::vector<Value> slots);
  Completion Call(const Value& self, Args args) override;

 private:
  void Trace(Tracer& tracer) const override;
  void Clear() override;
  const Body body_;
  std::vector<Value> slots_;
};

// f.bind(self, args...).
class BoundFunction final : public Function {
 public:
  static const ClassInfo kClass;
  BoundFunction(Realm& realm, Ref<Object> target, Value self,
                std::vector<Value> args);
  Completion Call(const Value& self, Args args) override;
  Completion Construct(Args args, Object* new_target) override;
  Object* target() const { return target_.get(); }

 private:
  void Trace(Tracer& tracer) const override;
  void Clear() override;
  std::vector<Value> WithBound(Args args) const;

  Ref<Object> target_;
  Value self_;
  std::vector<Value> args_;
};

// `value instanceof type`; throws if `type` is no function.
Completion InstanceOf(Realm& realm, const Value& value, const Value& type);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_FUNCTION_H_
