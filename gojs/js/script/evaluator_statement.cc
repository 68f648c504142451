// The evaluator's part for statements.

#include <algorithm>
#include <utility>

#include "gojs/js/access.h"
#include "gojs/js/iterate.h"
#include "gojs/js/script/evaluator.h"

namespace goshawk::gojs::script {

Completion Evaluator::RunBody(NodeId body) {
  if (At(body).kind != NodeKind::kBlock) return Evaluate(body);
  switch (Block(At(body))) {
    case Flow::kReturn:
    case Flow::kAbrupt:
      return std::move(result_);
    default:
      return Completion();
  }
}

Completion Evaluator::RunTop() {
  const FunctionCode& top = script_->top;
  Object& global = realm_.global();
  for (const TextId name : top.variables) {
    Ref<String> key = script_->Text(name);
    if (!global.HasOwn(key)) global.Define(key, Value());
  }
  if (Block(At(top.body)) == Flow::kAbrupt) return std::move(result_);
  return last_;
}

Evaluator::Flow Evaluator::Abrupt(Completion completion) {
  result_ = std::move(completion);
  return Flow::kAbrupt;
}

// The value, or false if there is none: then result_ says why.
bool Evaluator::Take(Completion completion, Value* value) {
  if (!completion.ok()) {
    result_ = std::move(completion);
    return false;
  }
  *value = std::move(completion.value());
  return true;
}

Evaluator::Flow Evaluator::Execute(NodeId id) {
  if (realm_.native_stack().IsLow()) return Abrupt(realm_.ThrowTooDeep());
  const Node& node = At(id);
  switch (node.kind) {
    case NodeKind::kExpression:
      return Take(Evaluate(node.a), &last_) ? Flow::kNext : Flow::kAbrupt;
    case NodeKind::kDeclare:
      return Declare(node);
    case NodeKind::kBlock:
      return Block(node);
    case NodeKind::kReturn:
      result_ = node.a == 0 ? Completion() : Evaluate(node.a);
      return result_.ok() ? Flow::kReturn : Flow::kAbrupt;
    case NodeKind::kIf:
      return If(node);
    case NodeKind::kThrow: {
      Value thrown;
      if (!Take(Evaluate(node.a), &thrown)) return Flow::kAbrupt;
      return Abrupt(Completion::Throw(std::move(thrown)));
    }
    case NodeKind::kTry:
      return Try(node);
    case NodeKind::kFor:
      return For(node);
    case NodeKind::kForIn:
      return ForIn(node);
    case NodeKind::kForOf:
      return ForOf(node);
    case NodeKind::kWhile:
    case NodeKind::kDoWhile:
      return While(node);
    case NodeKind::kSwitch:
      return Switch(node);
    case NodeKind::kLabeled:
      return Labeled(node);
    case NodeKind::kBreak:
      return Jump(Flow::kBreak, node.a);
    case NodeKind::kContinue:
      return Jump(Flow::kContinue, node.a);
    default:  // kEmpty, and functions, which the block has declared
      return Flow::kNext;
  }
}

Evaluator::Flow Evaluator::ExecuteList(ListId list) {
  for (const NodeId statement : script_->List(list)) {
    const Flow flow = Execute(statement);
    if (flow != Flow::kNext) return flow;
  }
  return Flow::kNext;
}

void Evaluator::EnterBlock(ListId list, ListId names) {
  if (names != 0) {
    scope_ = realm_.New<Scope>(scope_);
    for (const TextId name : script_->List(names)) {
      scope_->Declare(script_->Text(name), Value(), kWritable);
    }
  }
  for (const NodeId id : script_->List(list)) {
    const Node& node = At(id);
    if (node.kind != NodeKind::kFunctionDeclaration) continue;
    String* name = script_->Text(script_->functions[node.a].name);
    Value function = std::move(MakeFunction(node.a).value());
    Scope* s = scope_.get();
    while (s != nullptr && s->Find(name) == nullptr) s = s->outer();
    if (s != nullptr) {
      s->Declare(name, std::move(function), Scope::kVariable);
    } else {
      realm_.global().Define(name, std::move(function));
    }
  }
}

Evaluator::Flow Evaluator::Block(const Node& node) {
  const Ref<Scope> outer = scope_;
  EnterBlock(node.a, node.b);
  const Flow flow = ExecuteList(node.a);
  scope_ = outer;
  return flow;
}

Evaluator::Flow Evaluator::Declare(const Node& node) {
  for (const NodeId id : script_->List(node.a)) {
    const Node& declarator = At(id);
    String* name = script_->Text(declarator.a);
    const bool is_var = Op(node) == Tok::kVar;
    if (is_var && declarator.b == 0) continue;
    Value value;
    if (declarator.b != 0 && !Take(Named(declarator.b, Value(name)), &value)) {
      return Flow::kAbrupt;
    }
    if (is_var) {
      Completion c = AssignName(name, std::move(value));
      if (!c.ok()) return Abrupt(std::move(c));
    } else {
      scope_->Declare(
          name, std::move(value),
          Op(node) == Tok::kConst ? Scope::kConstant : Scope::kVariable);
    }
  }
  return Flow::kNext;
}

Evaluator::Flow Evaluator::If(const Node& node) {
  Value condition;
  if (!Take(Evaluate(node.a), &condition)) return Flow::kAbrupt;
  if (condition.Truthy()) return Execute(node.b);
  return node.c == 0 ? Flow::kNext : Execute(node.c);
}

Evaluator::Flow Evaluator::Try(const Node& node) {
  Flow flow = Execute(node.a);
  if (flow == Flow::kAbrupt && result_.thrown() && node.c != 0) {
    const Ref<Scope> outer = scope_;
    scope_ = realm_.New<Scope>(outer);
    Value thrown = std::move(result_.value());
    result_ = Completion();
    if (node.b != 0) {
      scope_->Declare(script_->Text(node.b), std::move(thrown),
                      Scope::kVariable);
    }
    flow = Execute(node.c);
    scope_ = outer;
  }
  // Nothing runs any more when the program has ended.
  if (node.d == 0 || result_.unwinding()) return flow;
  Completion result = std::move(result_);
  const String* const jump = jump_;
  result_ = Completion();
  const Flow finally = Execute(node.d);
  if (finally != Flow::kNext) return finally;
  result_ = std::move(result);
  jump_ = jump;
  return flow;
}

// Every turn of a loop has names of its own.
void Evaluator::CopyScope() {
  const Ref<Scope> copy = realm_.New<Scope>(Ref<Scope>(scope_->outer()));
  for (const gojs::Property& p : scope_->properties().list()) {
    copy->Declare(p.key.string(), p.value, p.flags);
  }
  scope_ = copy;
}

Evaluator::Flow Evaluator::Jump(Flow flow, TextId label) {
  jump_ = label == 0 ? nullptr : script_->Text(label);
  return flow;
}

Evaluator::Flow Evaluator::Labeled(const Node& node) {
  const String* label = script_->Text(node.a);
  if (node.op == 1) labels_.push_back(label);
  const Flow flow = Execute(node.b);
  if (flow != Flow::kBreak || jump_ != label) return flow;
  return Flow::kNext;
}

Evaluator::Flow Evaluator::Body(NodeId body, const Labels& labels) {
  const Flow flow = Execute(body);
  if (flow != Flow::kContinue) return flow;
  const bool ours = jump_ == nullptr || std::find(labels.begin(), labels.end(),
                                                  jump_) != labels.end();
  return ours ? Flow::kNext : flow;
}

Evaluator::Flow Evaluator::For(const Node& node) {
  const Labels labels = std::exchange(labels_, {});
  const Ref<Scope> outer = scope_;
  const bool own_names = node.a != 0 && At(node.a).kind == NodeKind::kDeclare &&
                         Op(At(node.a)) != Tok::kVar;
  Flow flow = node.a == 0 ? Flow::kNext : Execute(node.a);
  while (flow == Flow::kNext) {
    Value value(true);
    if (node.b != 0 && !Take(Evaluate(node.b), &value)) flow = Flow::kAbrupt;
    if (flow == Flow::kAbrupt || !value.Truthy()) break;
    flow = Body(node.d, labels);
    if (flow != Flow::kNext) break;
    if (own_names) CopyScope();
    if (node.c != 0 && !Take(Evaluate(node.c), &value)) flow = Flow::kAbrupt;
  }
  scope_ = outer;
  return Leave(flow);
}

Evaluator::Flow Evaluator::While(const Node& node) {
  const Labels labels = std::exchange(labels_, {});
  for (bool first = node.kind == NodeKind::kDoWhile;; first = false) {
    Value value(true);
    if (!first && !Take(Evaluate(node.a), &value)) return Flow::kAbrupt;
    if (!value.Truthy()) return Flow::kNext;
    const Flow flow = Body(node.b, labels);
    if (flow != Flow::kNext) return Leave(flow);
  }
}

Evaluator::Flow Evaluator::Turn(const Node& loop, const Labels& labels,
                                Value value) {
  const Ref<Scope> outer = scope_;
  const Node& declared = At(loop.a);
  const bool is_name = declared.kind == NodeKind::kDeclarator;
  Completion done;
  if (is_name && Op(declared) != Tok::kVar) {
    scope_ = realm_.New<Scope>(outer);
    scope_->Declare(
        script_->Text(declared.a), std::move(value),
        Op(declared) == Tok::kConst ? Scope::kConstant : Scope::kVariable);
  } else if (is_name) {
    done = AssignName(script_->Text(declared.a), std::move(value));
  } else {
    Target target;
    done = FindTarget(loop.a, &target);
    if (done.ok()) done = Write(target, std::move(value));
  }
  const Flow flow = done.ok() ? Body(loop.c, labels) : Abrupt(std::move(done));
  scope_ = outer;
  return flow;
}

Evaluator::Flow Evaluator::ForIn(const Node& node) {
  const Labels labels = std::exchange(labels_, {});
  Value value;
  if (!Take(Evaluate(node.b), &value)) return Flow::kAbrupt;
  if (value.IsString()) {
    value = Value(ToObject(realm_, value));
  }
  // The names of the object, then those of its prototypes; each once.
  std::vector<Value> seen;
  for (Ref<Object> o = value.AsObject(); o; o = o->prototype()) {
    for (const Value& key : o->OwnKeys(true)) {
      if (!key.IsString()) continue;
      bool again = o.get() != value.AsObject();
      if (again) {
        again = false;
        for (const Value& k : seen) again = again || k.cell() == key.cell();
      }
      // What was deleted meanwhile is left out.
      if (again || !o->HasOwn(Key(key.cell()))) continue;
      seen.push_back(key);
      const Flow flow = Turn(node, labels, key);
      if (flow != Flow::kNext) return Leave(flow);
    }
  }
  return Flow::kNext;
}

Evaluator::Flow Evaluator::ForOf(const Node& node) {
  const Labels labels = std::exchange(labels_, {});
  Value value;
  if (!Take(Evaluate(node.b), &value)) return Flow::kAbrupt;
  Flow flow = Flow::kNext;
  Completion done = Iterate(realm_, value, [&](Value element, bool* stop) {
    flow = Turn(node, labels, std::move(element));
    *stop = flow != Flow::kNext;
    return flow == Flow::kAbrupt ? std::move(result_) : Completion();
  });
  if (!done.ok()) return Abrupt(std::move(done));
  return Leave(flow);
}

Evaluator::Flow Evaluator::Switch(const Node& node) {
  Value value;
  if (!Take(Evaluate(node.a), &value)) return Flow::kAbrupt;
  const Ref<Scope> outer = scope_;
  const auto cases = script_->List(node.b);
  EnterBlock(0, node.c);
  for (const NodeId id : cases) EnterBlock(At(id).b, 0);
  size_t start = cases.size();
  size_t otherwise = cases.size();
  Flow flow = Flow::kNext;
  for (size_t i = 0; i < cases.size() && start == cases.size(); ++i) {
    const NodeId test = At(cases[i]).a;
    if (test == 0) {
      otherwise = i;
      continue;
    }
    Value wanted;
    if (!Take(Evaluate(test), &wanted)) {
      scope_ = outer;
      return Flow::kAbrupt;
    }
    if (StrictEquals(value, wanted)) start = i;
  }
  if (start == cases.size()) start = otherwise;
  for (size_t i = start; i < cases.size() && flow == Flow::kNext; ++i) {
    flow = ExecuteList(At(cases[i]).b);
  }
  scope_ = outer;
  return Leave(flow);
}

}  // namespace goshawk::gojs::script
