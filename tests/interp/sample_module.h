// A small valid module that has one entry of every kind at least.

#ifndef GOSHAWK_TESTS_INTERP_SAMPLE_MODULE_H_
#define GOSHAWK_TESTS_INTERP_SAMPLE_MODULE_H_

#include <cstdint>
#include <vector>

namespace goshawk::interp {

// Types 0 (i32 f64 -> i64 externref) and 1 (nothing); function 0 imported;
// functions 1 and 2, of types 0 and 1, defined.
std::vector<uint8_t> SampleModule();

}  // namespace goshawk::interp

#endif  // GOSHAWK_TESTS_INTERP_SAMPLE_MODULE_H_
