// The JavaScript values that a Go program holds, and the 64 bits by which it
// names them (ref in Go's src/syscall/js/js.go):
//
//   0                          undefined
//   a number but 0 and NaN     its IEEE 754 bits
//   everything else            high word 0x7ff80000 | type, low word an id
//
// Go counts on the host here: equal values have equal bits while Go holds
// them (strings by content, objects by identity), each Store is paid back by
// one Release, and freed ids are used again, last in first out. Ids 0 to 6 are
// given once and for all and never counted.

#ifndef GOSHAWK_GOJS_REF_TABLE_H_
#define GOSHAWK_GOJS_REF_TABLE_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "gojs/go_abi.h"
#include "gojs/js/realm.h"
#include "gojs/js/value.h"

namespace goshawk::gojs {

class RefTable {
 public:
  // `go` is what Go's syscall/js calls jsGo.
  RefTable(Realm& realm, Ref<Object> go);
  ~RefTable();
  RefTable(const RefTable&) = delete;
  RefTable& operator=(const RefTable&) = delete;

  // The value that `ref` names; undefined for an id that names nothing.
  Value Load(GoRef ref) const {
    const auto bits = static_cast<uint64_t>(ref);
    const double number = std::bit_cast<double>(bits);
    if (number == 0) return Value();
    if (number == number) return Value(number);
    const auto id = static_cast<uint32_t>(bits);
    return id < slots_.size() ? slots_[id].value : Value();
  }
  // The bits for `value`, which Go now holds once more.
  GoRef Store(const Value& value) {
    switch (value.type()) {
      case Value::Type::kUndefined:
        return GoRef{0};
      case Value::Type::kNull:
        return Make(kNone, kNull);
      case Value::Type::kBool:
        return Make(kNone, value.boolean() ? kTrue : kFalse);
      case Value::Type::kNumber: {
        const double number = value.number();
        if (number == 0) return Make(kNone, kZero);
        if (number != number) return Make(kNone, kNaN);
        return static_cast<GoRef>(std::bit_cast<uint64_t>(number));
      }
      default:
        return Hold(value);
    }
  }
  // Go holds it once less. Ids that name nothing are ignored.
  void Release(GoRef ref);

  // Ids ever used at the same time, predefined ones included.
  size_t size() const { return slots_.size(); }

 private:
  enum Id : uint32_t {
    kNaN,
    kZero,
    kNull,
    kTrue,
    kFalse,
    kGlobal,
    kGo,
    kFirstCounted,
  };
  enum TypeFlag : uint64_t {
    kNone,
    kObject,
    kString,
    kSymbol,
    kFunction,
  };
  static constexpr uint64_t kNaNHead = 0x7ff80000;
  static constexpr GoRef Make(TypeFlag flag, uint32_t id) {
    return static_cast<GoRef>((kNaNHead | flag) << 32 | id);
  }

  // Store() of what has a cell.
  GoRef Hold(const Value& value);

  struct Slot {
    Value value;
    uint32_t count = 0;
  };

  Realm& realm_;
  std::vector<Slot> slots_;
  std::vector<uint32_t> free_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_REF_TABLE_H_
