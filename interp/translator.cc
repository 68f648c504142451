#include "interp/translator.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "interp/dispatch.h"
#include "interp/function_translator.h"
#include "interp/fusion.h"
#include "interp/listing.h"
#include "interp/loop.h"
#include "interp/validator.h"

namespace goshawk::interp {
namespace {

void SetEntries(Function& function, const Word* words,
                const FinishedCode::Entries& entries) {
  function.entry = words + entries.entry;
  if (entries.go_entry != CodeBuffer::kUnbound) {
    function.go_entry = words + entries.go_entry;
    function.starts_with_check = entries.starts_with_check;
  }
}

}  // namespace

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
  std::vector<uint32_t> places;  // Fuse's
};

Translator::Translator(State& state)
    : state_(state), workshop_(std::make_unique<Workshop>(state)) {}

Translator::~Translator() = default;

Trap Translator::Translate(Function& function) {
  const Trap trap = Make(function, state_.failure);
  if (trap != Trap::kNone) return trap;
  Word* words = state_.code.Allocate(NumWords(), function.index);
  if (words == nullptr) return Trap::kOutOfHostMemory;
  SetEntries(function, words, Copy(words).entries);
  return Trap::kNone;
}

bool Translator::Finish(const Function& function, CodeShelf& shelf,
                        FinishedCode& code) {
  std::string failure;
  if (Make(function, failure) != Trap::kNone) return false;
  code = Copy(shelf.Allocate(NumWords()));
  return true;
}

Trap Translator::Place(State& state, Function& function,
                       const FinishedCode& code) {
  Word* words = state.code.Allocate(code.words.size(), function.index);
  if (words == nullptr) return Trap::kOutOfHostMemory;
  std::copy(code.words.begin(), code.words.end(), words);
  SetEntries(function, words, code.entries);
  return Trap::kNone;
}

Trap Translator::Dump(const Function& function, const FunctionNames& names,
                      std::string& text) {
  FunctionTranslator& walk = workshop_->function;
  std::vector<TranslationStep> steps;
  walk.NoteSteps(&steps);
  const Trap trap = Make(function, state_.failure);
  walk.NoteSteps(nullptr);
  if (trap != Trap::kNone) return trap;
  const Module& module = *state_.module;
  text =
      MakeListing(module, module.bodies[function.index - module.imported_funcs],
                  steps, names, walk.code());
  return Trap::kNone;
}

Trap Translator::Make(const Function& function, std::string& failure) {
  using Outcome = FunctionTranslator::Outcome;
  const uint32_t defined = function.index - state_.module->imported_funcs;
  FunctionTranslator& walk = workshop_->function;
  FunctionTranslator::Way way;
  way.go = state_.options.go_shape;
  way.validated = workshop_->checked[defined];
  Outcome outcome = Outcome::kUnsure;
  if (way.go && !way.validated) outcome = walk.Run(function, way);
  if (outcome != Outcome::kDone) {
    const absl::Status valid = workshop_->IsValid(defined);
    if (!valid.ok()) {
      failure = std::string(valid.message());
      return Trap::kInvalidFunction;
    }
    way.validated = true;
    way.go = way.go && outcome != Outcome::kNotGo;
  }
  workshop_->checked[defined] = true;
  while (outcome != Outcome::kDone) {
    outcome = walk.Run(function, way);
    if (outcome == Outcome::kNotGo) way.go = false;
    if (outcome == Outcome::kTooFar) way.far_branches = true;
    if (outcome == Outcome::kTooLarge || outcome == Outcome::kUnsure) {
      return Trap::kFunctionTooLarge;
    }
  }
  return Trap::kNone;
}

size_t Translator::NumWords() const {
  return workshop_->function.code().size();
}

FinishedCode Translator::Copy(Word* words) {
  FunctionTranslator& walk = workshop_->function;
  CodeBuffer& code = walk.code();
  std::copy(code.words().begin(), code.words().end(), words);
  const uint32_t* handlers = state_.dispatcher->handlers;
  for (const uint32_t start : code.Starts().first(code.Starts().size() - 1)) {
    words[start].handler = handlers[code.at(start).handler];
  }
  if (state_.options.fuse && state_.dispatcher->fused != nullptr) Fuse(words);
  const uint32_t go_entry = walk.go_entry();
  return {{words, code.size()},
          {walk.entry(), go_entry,
           go_entry != CodeBuffer::kUnbound &&
               code.OpAt(go_entry) == Op::kGoEnter_NNJ}};
}

void Translator::Fuse(Word* words) {
  CodeBuffer& code = workshop_->function.code();
  const Word* ops = code.words().data();
  absl::Span<const uint32_t> starts = code.Starts();
  starts.remove_suffix(1);
  // Where a sequence may begin. There is no telling which operations that will
  // be, so the loop over all of them does not branch on it.
  std::vector<uint32_t>& places = workshop_->places;
  if (places.size() < starts.size()) places.resize(2 * starts.size());
  size_t num_places = 0;
  Op next = code.OpAt(starts[0]);
  for (uint32_t i = 1; i < starts.size(); ++i) {
    const Op op = std::exchange(next, code.OpAt(starts[i]));
    places[num_places] = i - 1;
    num_places += MayBeFused(op, next) ? 1 : 0;
  }
  const uint8_t* labelled = code.Labelled().data();
  // Control does not come to what is inside the sequence [first, end), unless
  // there is a label before it.
  size_t first = 0, end = 0;
  for (const uint32_t place : absl::MakeSpan(places).first(num_places)) {
    if (place < end) {
      size_t label = place;
      while (label > first && labelled[starts[label]] == 0) --label;
      if (label == first) continue;
    }
    const FusedSequence sequence = FindFused(ops, starts.subspan(place));
    if (sequence.row >= 0) {
      words[starts[place]].handler = state_.dispatcher->fused[sequence.row];
    }
    first = place;
    end = place + sequence.length;
  }
  for (const uint32_t head : code.loops()) {
    const int row = FindLoop(ops, head);
    if (row >= 0) words[head].handler = state_.dispatcher->loops[row];
  }
}

}  // namespace goshawk::interp
