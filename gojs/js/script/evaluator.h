// Walks a syntax tree and does what it says (ECMA-262, Evaluation).
//
// One evaluator runs one function body or the top of a script. Whoever nests
// asks first whether the native stack has room.

#ifndef GOSHAWK_GOJS_JS_SCRIPT_EVALUATOR_H_
#define GOSHAWK_GOJS_JS_SCRIPT_EVALUATOR_H_

#include <memory>
#include <string>
#include <vector>

#include "gojs/js/realm.h"
#include "gojs/js/script/ast.h"
#include "gojs/js/script/scope.h"
#include "gojs/js/script/token.h"

namespace goshawk::gojs::script {

class Evaluator {
 public:
  // `script` must outlive the evaluator.
  Evaluator(Realm& realm, const std::shared_ptr<const Script>& script,
            Ref<Scope> scope)
      : realm_(realm), script_(script), scope_(std::move(scope)) {}

  // Of a function: a block, or the expression of an arrow function. The value
  // is what is returned.
  Completion RunBody(NodeId body);
  // Of a script: the value is that of the last expression statement.
  Completion RunTop();

  Completion Evaluate(NodeId id);

 private:
  enum class Flow { kNext, kBreak, kContinue, kReturn, kAbrupt };
  using Labels = std::vector<const String*>;
  // Something that can be assigned to.
  struct Target {
    Value object;  // of a property
    Value key;
    String* name = nullptr;  // of a variable
  };

  const Node& At(NodeId id) const { return script_->nodes[id]; }
  static Tok Op(const Node& node) { return static_cast<Tok>(node.op); }

  // evaluator.cc
  Completion Name(String* name, bool for_typeof = false);
  Completion AssignName(String* name, Value value);
  Completion FindTarget(NodeId id, Target* target);
  Completion Read(const Target& target);
  Completion Write(const Target& target, Value value);
  Completion Unary(const Node& node);
  Completion Update(const Node& node);
  Completion Logical(const Node& node);
  Completion Assign(const Node& node);
  Completion Template(const Node& node);
  Completion ArrayLiteral(const Node& node);
  Completion ObjectLiteral(const Node& node);
  Completion Property(const Node& node, Object& object);
  Completion Member(const Node& node, Value* object);
  Completion Call(const Node& node);
  Completion New(const Node& node);
  Completion List(ListId list, std::vector<Value>* values);
  Completion MakeFunction(uint32_t function);
  // A function or object without a name gets the one it is assigned to.
  Completion Named(NodeId id, const Value& name);
  // What a callee is called in an error message.
  std::string Describe(NodeId id) const;

  // evaluator_statement.cc
  Flow Execute(NodeId id);
  Flow ExecuteList(ListId list);
  Flow Abrupt(Completion completion);
  bool Take(Completion completion, Value* value);
  Flow Block(const Node& node);
  void EnterBlock(ListId list, ListId names);
  Flow Declare(const Node& node);
  Flow If(const Node& node);
  Flow Try(const Node& node);
  Flow For(const Node& node);
  Flow While(const Node& node);
  Flow ForIn(const Node& node);
  Flow ForOf(const Node& node);
  Flow Switch(const Node& node);
  // One turn of a loop over things.
  Flow Turn(const Node& loop, const Labels& labels, Value value);
  Flow Labeled(const Node& node);
  // A break or continue to its label, null for the innermost.
  Flow Jump(Flow flow, TextId label);
  // The body of the loop that has these labels.
  Flow Body(NodeId body, const Labels& labels);
  // What comes of a loop or a switch that was left with `flow`.
  Flow Leave(Flow flow) const {
    return flow == Flow::kBreak && jump_ == nullptr ? Flow::kNext : flow;
  }
  void CopyScope();

  Realm& realm_;
  const std::shared_ptr<const Script>& script_;
  Ref<Scope> scope_;
  Completion result_;             // of kReturn and kAbrupt
  const String* jump_ = nullptr;  // of kBreak and kContinue: to which label
  Labels labels_;                 // of the loop that begins next
  Value last_;                    // of the last expression statement
  bool skipping_ = false;         // ?. has met nothing
};

}  // namespace goshawk::gojs::script

#endif  // GOSHAWK_GOJS_JS_SCRIPT_EVALUATOR_H_
