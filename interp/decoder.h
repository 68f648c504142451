// From the bytes of a module to a Module (WebAssembly 2.0, chapter 5, without
// SIMD). Only the structure is checked here, and function bodies are not looked
// into, so the time needed is that of the module's entries, not of its bytes;
// the validator checks what the entries mean.

#ifndef GOSHAWK_INTERP_DECODER_H_
#define GOSHAWK_INTERP_DECODER_H_

#include "absl/status/statusor.h"
#include "interp/module.h"

namespace goshawk::interp {

// Decodes a whole module. The result keeps pointing into `bytes`, which must
// stay alive and unchanged.
//
// Fails with INVALID_ARGUMENT for malformed bytes and UNIMPLEMENTED for
// features that later versions of the specification added; the message is one
// line that says what was found, in which section and at which offset:
// "section 10 (code): unexpected end at offset 0x1234". No allocation is larger
// than a small multiple of `bytes`.
absl::StatusOr<Module> Decode(Bytes bytes);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_DECODER_H_
