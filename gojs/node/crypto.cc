// crypto: random bytes.

#include <cstdio>

#include "gojs/environment.h"
#include "gojs/js/bind.h"
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

constexpr Member kMembers[] = {
    Method<&GetRandomValues>("getRandomValues"),
    Method<&RandomUuid>("randomUUID"),
};

}  // namespace

const Members kCryptoMembers = kMembers;

}  // namespace goshawk::gojs
