// From a validated function body to code, in one pass.
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

#include "interp/code_buffer.h"
#include "interp/state.h"
#include "interp/trap.h"

namespace goshawk::interp {

class FunctionNames;

class Translator {
 public:
  // `state` must outlive the translator.
  explicit Translator(State& state);
  ~Translator();

  // Validates and translates the function, which is one of the module's own,
  // and sets its entries. If its body is not valid state.failure says why.
  Trap Translate(Function& function);

  // The same, but the code goes into `text` (listing.h) and nowhere else.
  Trap Dump(const Function& function, const FunctionNames& names,
            std::string& text);

 private:
  struct Workshop;

  // Leaves the function's code in the workshop.
  Trap Make(const Function& function);
  // Copies finished code to where it runs.
  Trap Place(Function& function);

  State& state_;
  std::unique_ptr<Workshop> workshop_;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_TRANSLATOR_H_
