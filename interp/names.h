// Names of functions from the custom section "name", for messages, dumps and
// traces. Nothing is read before the first question, and a section that makes
// no sense just gives no names.
//
// Threads: one at a time for each FunctionNames.

#ifndef GOSHAWK_INTERP_NAMES_H_
#define GOSHAWK_INTERP_NAMES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interp/module.h"

namespace goshawk::interp {

class FunctionNames {
 public:
  // `module` must outlive this.
  explicit FunctionNames(const Module& module) : module_(module) {}

  // "main.main", or "func[123]" for a function without a name. `function` is an
  // index into all functions, imports first; any number will do. What a
  // terminal should not see is escaped.
  std::string Name(uint32_t function) const;

  // True if the module names this function.
  bool Has(uint32_t function) const { return !RawName(function).empty(); }

  // The name as the module has it, whatever bytes these are; empty: none.
  std::string_view RawName(uint32_t function) const;

 private:
  void Read() const;

  const Module& module_;
  mutable bool is_read_ = false;
  mutable std::vector<std::string_view> names_;  // empty: none
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_NAMES_H_
