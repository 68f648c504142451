// Shared libraries that are loaded when something needs them, so that a program
// that does not starts without.

#ifndef GOSHAWK_FS_SHARED_LIBRARY_H_
#define GOSHAWK_FS_SHARED_LIBRARY_H_

#include <string>

namespace goshawk::fs {

// A handle for dlsym, never unloaded, as users may live until the process ends;
// null if the library `name` cannot be had, and then `error` says why.
//
// A program that was linked statically brings the C library of the machine that
// linked it, which works with shared libraries of the same version only; with
// others it would crash, so they are refused.
void* LoadSharedLibrary(const char* name, std::string& error);

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_SHARED_LIBRARY_H_
