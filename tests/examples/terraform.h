// Terraform files for tests, as different as a random generator makes them.

#ifndef GOSHAWK_TESTS_EXAMPLES_TERRAFORM_H_
#define GOSHAWK_TESTS_EXAMPLES_TERRAFORM_H_

#include <cstdint>
#include <string>

namespace goshawk::examples {

// The same for the same seed.
std::string RandomTerraform(uint32_t seed);

}  // namespace goshawk::examples

#endif  // GOSHAWK_TESTS_EXAMPLES_TERRAFORM_H_
