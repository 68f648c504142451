// From a function body to code, in one pass, in which functions of Go's shape
// are validated, too (function_translator.h); others have been before.
//
// The translator walks the instructions with an operand stack of unevaluated
// values (operand_stack.h) and emits an operation when a value is consumed or
// could change. Functions of Go's shape are recognised on the way (go_shape.h);
// a function that turns out not to keep to it is translated again, the general
// way.

#ifndef GOSHAWK_INTERP_TRANSLATOR_H_
#define GOSHAWK_INTERP_TRANSLATOR_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "interp/code_buffer.h"
#include "interp/code_shelf.h"
#include "interp/state.h"
#include "interp/trap.h"

namespace goshawk::interp {

class FunctionNames;

// A function's code before it is where it runs.
struct FinishedCode {
  // Positions in it: where Function's entries will lead. kUnbound: no go_entry.
  struct Entries {
    uint32_t entry;
    uint32_t go_entry;
    bool starts_with_check;
  };
  absl::Span<const Word> words;
  Entries entries;
};

// Threads: translators of one state may work at the same time, each on a thread
// of its own, but code is placed by one thread only.
class Translator {
 public:
  // `state` must outlive the translator, and the translator the code.
  explicit Translator(State& state);
  ~Translator();

  // Validates and translates the function, which is one of the module's own,
  // and sets its entries. If its body is not valid state.failure says why.
  Trap Translate(Function& function);

  // The two halves of that, with the code on `shelf` in between. False:
  // Translate will find out why not.
  bool Finish(const Function& function, CodeShelf& shelf, FinishedCode& code);
  static Trap Place(State& state, Function& function, const FinishedCode& code);

  // The same, but the code goes into `text` (listing.h) and nowhere else.
  Trap Dump(const Function& function, const FunctionNames& names,
            std::string& text);

 private:
  struct Workshop;

  // Leaves the function's code in the workshop, or why there is none in
  // `failure`.
  Trap Make(const Function& function, std::string& failure);
  // Its size.
  size_t NumWords() const;
  // Copies it to `words`, with handlers instead of operations.
  FinishedCode Copy(Word* words);
  // Puts the handlers of fused sequences and loops there.
  void Fuse(Word* words);

  State& state_;
  std::unique_ptr<Workshop> workshop_;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_TRANSLATOR_H_
