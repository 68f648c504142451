// Where a difference between two ways to run a module comes from.
//
// An empty block after an instruction leaves what the module does as it is, but
// keeps translators from combining the instruction with those around it: it is
// plain. A module may be made plain up to some instruction. If a difference is
// there as long as instruction n is not plain and gone when it is, then n
// begins the combination that is wrong, or gives the function its shape.

#ifndef GOSHAWK_TESTS_INTERP_PLAIN_MODULE_H_
#define GOSHAWK_TESTS_INTERP_PLAIN_MODULE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace goshawk::interp {

// The instructions in all bodies. REQUIRES, here and below: a valid module.
size_t CountInstructions(const std::vector<uint8_t>& bytes);

// The module with its first `count` instructions made plain.
std::vector<uint8_t> MakePlain(const std::vector<uint8_t>& bytes,
                               size_t count = SIZE_MAX);

// Says in words which function and instruction a difference comes from.
// `differs` says whether a module shows it; it is asked about once for each
// doubling of the number of instructions.
std::string LocateDifference(
    const std::vector<uint8_t>& bytes,
    const std::function<bool(const std::vector<uint8_t>&)>& differs);

}  // namespace goshawk::interp

#endif  // GOSHAWK_TESTS_INTERP_PLAIN_MODULE_H_
