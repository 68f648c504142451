// In place of what libstdc++ does before main for std::cout and its like, which
// the command does not use: an eighth of a command that is linked statically,
// and ten pages that hello need not touch. Should something come to use them,
// this file has to go.

#include <ios>

namespace std {

// Every source that includes <iostream>, as Abseil's headers do, has one.
ios_base::Init::Init() {}
ios_base::Init::~Init() {}

}  // namespace std
