#include "interp/translator.h"

#include <string>

#include "interp/code_dump.h"
#include "interp/dispatch.h"
#include "interp/function_translator.h"
#include "interp/fusion.h"
#include "interp/validator.h"

namespace goshawk::interp {

// The validator and the walk share their scratch memory from one function to
// the next.
struct Translator::Workshop {
  explicit Workshop(State& state)
      : validator(*state.module),
        checked(state.module->bodies.size()),
        function(state, [this, &state](uint32_t func) {
          return IsValid(func - state.module->imported_funcs).ok();
        }) {}

  // Whether the body of the module's own function `defined` is valid.
  absl::Status IsValid(uint32_t defined) {
    if (checked[defined]) return absl::OkStatus();
    absl::Status status = validator.Validate(defined);
    if (status.ok()) checked[defined] = true;
    return status;
  }

  FunctionValidator validator;
  std::vector<bool> checked;
  FunctionTranslator function;
};

Translator::Translator(State& state)
    : state_(state), workshop_(std::make_unique<Workshop>(state)) {}

Translator::~Translator() = default;

Trap Translator::Translate(Function& function) {
  if (Trap trap = Make(function); trap != Trap::kNone) return trap;
  return Place(function);
}

Trap Translator::Dump(const Function& function, std::string& text) {
  if (Trap trap = Make(function); trap != Trap::kNone) return trap;
  text = interp::Dump(workshop_->function.code());
  return Trap::kNone;
}

Trap Translator::Make(const Function& function) {
  using Outcome = FunctionTranslator::Outcome;
  absl::Status valid =
      workshop_->IsValid(function.index - state_.module->imported_funcs);
  if (!valid.ok()) {
    state_.failure = std::string(valid.message());
    return Trap::kInvalidFunction;
  }
  FunctionTranslator& walk = workshop_->function;
  bool go = state_.options.go_shape;
  bool far_branches = false;
  Outcome outcome;
  while ((outcome = walk.Run(function, go, far_branches)) != Outcome::kDone) {
    if (outcome == Outcome::kTooLarge) return Trap::kFunctionTooLarge;
    if (outcome == Outcome::kNotGo) go = false;
    if (outcome == Outcome::kTooFar) far_branches = true;
  }
  return Trap::kNone;
}

// The handler of the longest fused sequence from `position` on, or `handler` if
// there is none; `next` becomes the position after it.
uint32_t Translator::FusedHandler(const CodeBuffer& code, uint32_t position,
                                  uint32_t handler, uint32_t& next) const {
  FusionMatcher matcher;
  uint32_t result = handler;
  next = code.After(position);
  for (uint32_t i = position; i < code.size() && matcher.Step(code.OpAt(i));) {
    i = code.After(i);
    if (matcher.Match() < 0) continue;
    result = state_.dispatcher->fused[matcher.Match()];
    next = i;
  }
  return result;
}

Trap Translator::Place(Function& function) {
  FunctionTranslator& walk = workshop_->function;
  CodeBuffer& code = walk.code();
  Word* words = state_.code.Allocate(code.size(), function.index);
  if (words == nullptr) return Trap::kOutOfHostMemory;
  const uint32_t* handlers = state_.dispatcher->handlers;
  const bool fuse = state_.options.fuse && state_.dispatcher->fused != nullptr;
  std::vector<bool> labelled;
  if (fuse) labelled = code.LabelledPositions();
  // Where control comes from the fused sequence before, or from elsewhere.
  uint32_t next = 0;
  for (uint32_t i = 0; i < code.size();) {
    const uint32_t after = code.After(i);
    words[i] = code.at(i);
    words[i].handler = handlers[code.at(i).handler];
    if (fuse && (i == next || labelled[i])) {
      words[i].handler = FusedHandler(code, i, words[i].handler, next);
    }
    for (++i; i < after; ++i) words[i] = code.at(i);
  }
  function.entry = words + walk.entry();
  if (walk.go_entry() != CodeBuffer::kUnbound) {
    function.go_entry = words + walk.go_entry();
    function.starts_with_check = code.OpAt(walk.go_entry()) == Op::kGoEnter_NNJ;
  }
  return Trap::kNone;
}

}  // namespace goshawk::interp
