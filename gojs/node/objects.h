// The single objects that Node adds to the language, for the table of the
// global object (globals.cc). The table of each is in the file of its name.

#ifndef GOSHAWK_GOJS_NODE_OBJECTS_H_
#define GOSHAWK_GOJS_NODE_OBJECTS_H_

#include "gojs/js/class_info.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {

extern const Members kConsoleMembers;      // console.cc
extern const Members kCryptoMembers;       // crypto.cc
extern const Members kPathMembers;         // path.cc
extern const Members kPerformanceMembers;  // performance.cc
extern const Members kProcessMembers;      // process.cc

// The language's Math, with random() (crypto.cc).
Completion MathWithRandom(Realm& realm);

// encoding.cc
extern const ClassInfo kTextDecoderClass;
extern const ClassInfo kTextEncoderClass;

// timers.cc
Completion SetTimeout(const Invocation& call);
Completion SetInterval(const Invocation& call);
Completion SetImmediate(const Invocation& call);
Completion ClearTimer(const Invocation& call);
Completion QueueMicrotask(const Invocation& call);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_NODE_OBJECTS_H_
