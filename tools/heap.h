// The heap of a process that runs one program and ends: it starts fast, and is
// slow to give anything back.

#ifndef GOSHAWK_TOOLS_HEAP_H_
#define GOSHAWK_TOOLS_HEAP_H_

namespace goshawk::tools {

// From now on what malloc gives out is on a huge page, if the host has any, as
// far as one reaches: a program that starts touches more than a hundred small
// ones, each of them a fault. To be called before there are other threads.
void PrepareHeap();

}  // namespace goshawk::tools

#endif  // GOSHAWK_TOOLS_HEAP_H_
