// The evaluator's part for expressions.

#include "gojs/js/script/evaluator.h"

#include <utility>

#include "gojs/js/access.h"
#include "gojs/js/array.h"
#include "gojs/js/convert.h"
#include "gojs/js/iterate.h"
#include "gojs/js/regexp/regexp.h"
#include "gojs/js/script/operators.h"
#include "gojs/js/script/script_function.h"

namespace goshawk::gojs::script {

const ClassInfo Scope::kClass = {.name = "Scope"};

Completion Evaluator::Evaluate(NodeId id) {
  if (realm_.native_stack().IsLow()) return realm_.ThrowTooDeep();
  const Node& node = At(id);
  switch (node.kind) {
    case NodeKind::kConstant:
      return script_->constants[node.a];
    case NodeKind::kName:
      return Name(script_->Text(node.a));
    case NodeKind::kThis:
      return scope_->This();
    case NodeKind::kRegExp:
      return RegExp::Make(realm_, script_->Text(node.a), script_->Text(node.b));
    case NodeKind::kTemplate:
      return Template(node);
    case NodeKind::kArray:
      return ArrayLiteral(node);
    case NodeKind::kObject:
      return ObjectLiteral(node);
    case NodeKind::kFunction:
      return MakeFunction(node.a);
    case NodeKind::kMember:
    case NodeKind::kIndex: {
      Value object;
      return Member(node, &object);
    }
    case NodeKind::kCall:
      return Call(node);
    case NodeKind::kNew:
      return New(node);
    case NodeKind::kOptionalChain: {
      const bool outer = std::exchange(skipping_, false);
      Completion c = Evaluate(node.a);
      skipping_ = outer;
      return c;
    }
    case NodeKind::kUnary:
      return Unary(node);
    case NodeKind::kUpdate:
      return Update(node);
    case NodeKind::kBinary: {
      Completion left = Evaluate(node.a);
      if (!left.ok()) return left;
      Completion right = Evaluate(node.b);
      if (!right.ok()) return right;
      return BinaryOperation(realm_, Op(node), left.value(), right.value());
    }
    case NodeKind::kLogical:
      return Logical(node);
    case NodeKind::kConditional: {
      Completion condition = Evaluate(node.a);
      if (!condition.ok()) return condition;
      return Evaluate(condition.value().Truthy() ? node.b : node.c);
    }
    case NodeKind::kAssign:
      return Assign(node);
    case NodeKind::kSequence: {
      Completion last;
      for (const NodeId part : script_->List(node.a)) {
        last = Evaluate(part);
        if (!last.ok()) break;
      }
      return last;
    }
    default:
      return realm_.Throw(ErrorKind::kSyntaxError, "not an expression");
  }
}

Completion Evaluator::Name(String* name, bool for_typeof) {
  for (Scope* s = scope_.get(); s != nullptr; s = s->outer()) {
    const gojs::Property* p = s->Find(name);
    if (p == nullptr) continue;
    if (p->Has(kEnumerable)) return p->value;
    return realm_.Throw(ErrorKind::kReferenceError,
                        "Cannot access '" + std::string(name->view()) +
                            "' before initialization");
  }
  Object& global = realm_.global();
  if (for_typeof || global.Has(name)) return global.Get(name);
  return realm_.Throw(ErrorKind::kReferenceError,
                      std::string(name->view()) + " is not defined");
}

Completion Evaluator::AssignName(String* name, Value value) {
  for (Scope* s = scope_.get(); s != nullptr; s = s->outer()) {
    gojs::Property* p = s->Find(name);
    if (p == nullptr) continue;
    if (!p->Has(kEnumerable)) {
      return realm_.Throw(ErrorKind::kReferenceError,
                          "Cannot access '" + std::string(name->view()) +
                              "' before initialization");
    }
    if (!p->Has(kWritable)) {
      return realm_.Throw(ErrorKind::kTypeError,
                          "Assignment to constant variable.");
    }
    p->value = std::move(value);
    return Completion();
  }
  return realm_.global().Set(name, std::move(value));
}

Completion Evaluator::FindTarget(NodeId id, Target* target) {
  const Node& node = At(id);
  if (node.kind == NodeKind::kName) {
    target->name = script_->Text(node.a);
    return Completion();
  }
  Completion object = Evaluate(node.a);
  if (!object.ok()) return object;
  target->object = std::move(object.value());
  if (node.kind == NodeKind::kMember) {
    target->key = script_->constants[node.b];
    return Completion();
  }
  Completion key = Evaluate(node.b);
  if (!key.ok()) return key;
  target->key = std::move(key.value());
  if (!target->key.IsObject() || target->object.IsNullish()) {
    return Completion();
  }
  return ToKey(realm_, Value(target->key), &target->key);
}

Completion Evaluator::Read(const Target& target) {
  if (target.name != nullptr) return Name(target.name);
  return GetOf(realm_, target.object, target.key);
}

Completion Evaluator::Write(const Target& target, Value value) {
  if (target.name != nullptr) return AssignName(target.name, std::move(value));
  return SetOf(realm_, target.object, target.key, std::move(value));
}

Completion Evaluator::Unary(const Node& node) {
  const Tok op = Op(node);
  const Node& operand = At(node.a);
  if (op == Tok::kTypeof && operand.kind == NodeKind::kName) {
    Completion c = Name(script_->Text(operand.a), true);
    if (!c.ok()) return c;
    return Value(String::New(TypeOf(c.value())));
  }
  if (op == Tok::kDelete) {
    if (operand.kind != NodeKind::kMember && operand.kind != NodeKind::kIndex) {
      const Completion c = Evaluate(node.a);
      return c.ok() ? Completion(operand.kind != NodeKind::kName) : c;
    }
    Target target;
    if (Completion c = FindTarget(node.a, &target); !c.ok()) return c;
    if (target.object.IsNullish()) return Read(target);
    Value key;
    if (Completion c = ToKey(realm_, target.key, &key); !c.ok()) return c;
    if (!target.object.IsObject()) return Value(true);
    return Value(target.object.object()->Delete(Key(key.cell())));
  }
  Completion value = Evaluate(node.a);
  if (!value.ok()) return value;
  switch (op) {
    case Tok::kVoid:
      return Completion();
    case Tok::kTypeof:
      return Value(String::New(TypeOf(value.value())));
    case Tok::kNot:
      return Value(!value.value().Truthy());
    default:
      break;
  }
  double number = 0;
  Completion c = ToNumber(realm_, value.value(), &number);
  if (!c.ok()) return c;
  if (op == Tok::kMinus) return Value(-number);
  if (op == Tok::kBitNot) {
    return BinaryOperation(realm_, Tok::kBitXor, Value(number), Value(-1));
  }
  return Value(number);
}

Completion Evaluator::Update(const Node& node) {
  Target target;
  if (Completion c = FindTarget(node.a, &target); !c.ok()) return c;
  Completion old = Read(target);
  if (!old.ok()) return old;
  double number = 0;
  Completion c = ToNumber(realm_, old.value(), &number);
  if (!c.ok()) return c;
  const double changed = Op(node) == Tok::kIncrement ? number + 1 : number - 1;
  c = Write(target, Value(changed));
  if (!c.ok()) return c;
  return Value(node.b == 1 ? changed : number);
}

Completion Evaluator::Logical(const Node& node) {
  Completion left = Evaluate(node.a);
  if (!left.ok()) return left;
  const Tok op = Op(node);
  const bool enough = op == Tok::kCoalesce ? !left.value().IsNullish()
                      : op == Tok::kOr     ? left.value().Truthy()
                                           : !left.value().Truthy();
  return enough ? left : Evaluate(node.b);
}

Completion Evaluator::Assign(const Node& node) {
  Target target;
  if (Completion c = FindTarget(node.a, &target); !c.ok()) return c;
  const Tok op = Op(node);
  Completion value;
  const Value name = target.name != nullptr ? Value(target.name) : Value();
  if (op == Tok::kAssign) {
    value = Named(node.b, name);
  } else {
    const Completion old = Read(target);
    if (!old.ok()) return old;
    const bool logical = op == Tok::kAndAssign || op == Tok::kOrAssign ||
                         op == Tok::kCoalesceAssign;
    const bool enough = op == Tok::kCoalesceAssign ? !old.value().IsNullish()
                        : op == Tok::kOrAssign     ? old.value().Truthy()
                                                   : !old.value().Truthy();
    if (logical && enough) return old;
    value = Evaluate(node.b);
    if (value.ok() && !logical) {
      value = BinaryOperation(realm_, op, old.value(), value.value());
    }
  }
  if (!value.ok()) return value;
  if (Completion c = Write(target, value.value()); !c.ok()) return c;
  return value;
}

Completion Evaluator::Template(const Node& node) {
  std::string text;
  for (const NodeId part : script_->List(node.a)) {
    Completion value = Evaluate(part);
    if (!value.ok()) return value;
    Completion string = ToJsString(realm_, value.value());
    if (!string.ok()) return string;
    text += string.value().string()->view();
    if (text.size() > kMaxStringLength) return ThrowStringTooLong(realm_);
  }
  return Value(String::New(text));
}

Completion Evaluator::List(ListId list, std::vector<Value>* values) {
  for (const NodeId part : script_->List(list)) {
    if (part == 0) {
      values->emplace_back();
      continue;
    }
    const bool spread = At(part).kind == NodeKind::kSpread;
    Completion value = Evaluate(spread ? At(part).a : part);
    if (!value.ok()) return value;
    if (spread) {
      value = ListFromIterable(realm_, value.value(), values);
      if (!value.ok()) return value;
    } else {
      values->push_back(std::move(value.value()));
    }
  }
  return Completion();
}

Completion Evaluator::ArrayLiteral(const Node& node) {
  std::vector<Value> elements;
  if (Completion c = List(node.a, &elements); !c.ok()) return c;
  return Value(realm_.New<Array>(std::move(elements)));
}

Completion Evaluator::ObjectLiteral(const Node& node) {
  const Ref<Object> object = realm_.NewObject();
  for (const NodeId id : script_->List(node.a)) {
    const Node& part = At(id);
    if (part.kind == NodeKind::kProperty) {
      if (Completion c = Property(part, *object); !c.ok()) return c;
      continue;
    }
    Completion from = Evaluate(part.a);
    if (!from.ok()) return from;
    Object* source = from.value().AsObject();
    if (source == nullptr) continue;
    for (const Value& key : source->OwnKeys(true)) {
      Completion value = source->Get(Key(key.cell()));
      if (!value.ok()) return value;
      object->Define(Key(key.cell()), std::move(value.value()));
    }
  }
  return Value(object);
}

Completion Evaluator::Property(const Node& node, Object& object) {
  Completion name = Evaluate(node.a);
  if (!name.ok()) return name;
  Value hold;
  if (Completion c = ToKey(realm_, name.value(), &hold); !c.ok()) return c;
  const Key key(hold.cell());
  Completion value = Named(node.b, hold);
  if (!value.ok()) return value;
  const auto kind = static_cast<PropertyKind>(node.op);
  if (kind == PropertyKind::kValue) {
    // { __proto__: x } sets the prototype.
    if (At(node.a).kind == NodeKind::kConstant && hold.IsString() &&
        hold.string()->view() == "__proto__") {
      if (value.value().IsObject() || value.value().IsNull()) {
        object.SetPrototype(value.value().AsObject());
      }
      return Completion();
    }
    object.Define(key, std::move(value.value()));
    return Completion();
  }
  // A getter and a setter of one name are one property.
  Value getter;
  Value setter;
  const gojs::Property* old = object.properties().Find(key);
  if (old != nullptr && old->kind == gojs::Property::Kind::kAccessor) {
    const auto* pair = static_cast<AccessorPair*>(old->value.object());
    getter = pair->getter();
    setter = pair->setter();
  }
  (kind == PropertyKind::kGetter ? getter : setter) = value.value();
  object.DefineAccessor(key, getter, setter, kEnumerable | kConfigurable);
  return Completion();
}

Completion Evaluator::Member(const Node& node, Value* object) {
  Completion of = Evaluate(node.a);
  if (!of.ok() || skipping_) return of;
  *object = std::move(of.value());
  if (node.op == 1 && object->IsNullish()) {
    skipping_ = true;
    return Completion();
  }
  if (node.kind == NodeKind::kMember) {
    return GetOf(realm_, *object, Key(script_->Text(node.b)));
  }
  Completion key = Evaluate(node.b);
  if (!key.ok()) return key;
  return GetOf(realm_, *object, key.value());
}

Completion Evaluator::Call(const Node& node) {
  const Node& callee = At(node.a);
  const bool member =
      callee.kind == NodeKind::kMember || callee.kind == NodeKind::kIndex;
  Value self;
  Completion function = member ? Member(callee, &self) : Evaluate(node.a);
  if (!function.ok() || skipping_) return function;
  if (node.op == 1 && function.value().IsNullish()) {
    skipping_ = true;
    return Completion();
  }
  std::vector<Value> args;
  if (Completion c = List(node.b, &args); !c.ok()) return c;
  if (!function.value().IsCallable()) {
    return ThrowNotCallable(realm_, std::string_view(Describe(node.a)));
  }
  return function.value().object()->Call(self, args);
}

Completion Evaluator::New(const Node& node) {
  Completion constructor = Evaluate(node.a);
  if (!constructor.ok()) return constructor;
  std::vector<Value> args;
  if (Completion c = List(node.b, &args); !c.ok()) return c;
  if (!constructor.value().IsCallable()) {
    return realm_.Throw(ErrorKind::kTypeError,
                        Describe(node.a) + " is not a constructor");
  }
  Object* object = constructor.value().object();
  return object->Construct(args, object);
}

Completion Evaluator::MakeFunction(uint32_t function) {
  const FunctionCode& code = script_->functions[function];
  Ref<Scope> scope = scope_;
  const bool knows_itself = code.is_expression && code.name != 0;
  if (knows_itself) scope = realm_.New<Scope>(scope);
  Value made(realm_.New<ScriptFunction>(script_, function, scope));
  if (knows_itself) scope->Declare(script_->Text(code.name), made, kEnumerable);
  return made;
}

Completion Evaluator::Named(NodeId id, const Value& name) {
  Completion value = Evaluate(id);
  if (!value.ok() || At(id).kind != NodeKind::kFunction) return value;
  if (script_->functions[At(id).a].name != 0 || !name.HasCell()) return value;
  Value text = name;
  if (name.IsSymbol()) {
    const String* description = name.symbol()->description();
    text = Value(String::New(
        "[" + std::string(description ? description->view() : "") + "]"));
  }
  value.value().object()->Define(realm_.names().name, text, kConfigurable);
  return value;
}

std::string Evaluator::Describe(NodeId id) const {
  if (realm_.native_stack().IsLow()) return "(intermediate value)";
  const Node& node = At(id);
  switch (node.kind) {
    case NodeKind::kName:
      return std::string(script_->Text(node.a)->view());
    case NodeKind::kThis:
      return "this";
    case NodeKind::kMember:
      return Describe(node.a) + "." +
             std::string(script_->Text(node.b)->view());
    case NodeKind::kIndex: {
      const Node& key = At(node.b);
      if (key.kind == NodeKind::kConstant) {
        const Value& value = script_->constants[key.a];
        if (value.IsString()) {
          return Describe(node.a) + "." + ToPlainString(value);
        }
        return Describe(node.a) + "[" + ToPlainString(value) + "]";
      }
      return Describe(node.a) + "[" + Describe(node.b) + "]";
    }
    case NodeKind::kCall:
      return Describe(node.a) + "(...)";
    case NodeKind::kOptionalChain:
      return Describe(node.a);
    case NodeKind::kConstant: {
      const Value& value = script_->constants[node.a];
      if (value.IsString()) return "\"" + ToPlainString(value) + "\"";
      return ToPlainString(value);
    }
    default:
      return "(intermediate value)";
  }
}

}  // namespace goshawk::gojs::script
