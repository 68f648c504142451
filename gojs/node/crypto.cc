// crypto: random bytes; and Math.random, which needs them too.

#include <cstdio>

#include "gojs/environment.h"
#include "gojs/js/bind.h"
#include "gojs/js/builtins.h"
#include "gojs/js/function.h"
#include "gojs/js/typed_array.h"
#include "gojs/node/objects.h"

namespace goshawk::gojs {
namespace {

// Any number of bytes: Go 1.19 asks for more at once than browsers grant.
Completion GetRandomValues(Realm& realm, TypedArray* array) {
  if (array == nullptr) {
    return realm.Throw(ErrorKind::kTypeError,
                       "getRandomValues: argument must be a typed array");
  }
  realm.environment().random().Fill(array->bytes());
  return Value(array);
}

std::string RandomUuid(Realm& realm) {
  uint8_t b[16];
  realm.environment().random().Fill(b);
  b[6] = static_cast<uint8_t>((b[6] & 0x0f) | 0x40);
  b[8] = static_cast<uint8_t>((b[8] & 0x3f) | 0x80);
  std::string out;
  for (size_t i = 0; i < sizeof(b); ++i) {
    char hex[3];
    std::snprintf(hex, sizeof(hex), "%02x", b[i]);
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += hex;
  }
  return out;
}

// In [0, 1), 53 bits of it.
double Random(Realm& realm) {
  uint64_t bits = 0;
  uint8_t bytes[sizeof(bits)];
  realm.environment().random().Fill(bytes);
  for (const uint8_t byte : bytes) bits = bits << 8 | byte;
  return static_cast<double>(bits >> 11) / 9007199254740992.0;
}

constexpr Member kRandom = Method<&Random>("random");

constexpr Member kMembers[] = {
    Method<&GetRandomValues>("getRandomValues"),
    Method<&RandomUuid>("randomUUID"),
};

}  // namespace

const Members kCryptoMembers = kMembers;

Completion MathWithRandom(Realm& realm) {
  const Ref<Object> math = realm.NewObject();
  math->Declare(kMathMembers);
  math->Define(kRandom.name, Value(realm.New<NativeFunction>(kRandom)),
               kWritable | kConfigurable);
  return Value(math);
}

}  // namespace goshawk::gojs
