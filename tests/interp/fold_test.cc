// Addresses of elements, fields of bits, quotients and comparisons: computed by
// operations that do the work of several instructions, or without instructions
// that change nothing, they must be what the single instructions compute. Each
// expression is written twice, the second time with every intermediate result
// in a local, where nothing is combined.

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/interp/module_builder.h"
#include "tests/interp/test_instance.h"

namespace goshawk::interp {
namespace {

constexpr ValueType kI32 = ValueType::kI32;
constexpr ValueType kI64 = ValueType::kI64;
constexpr ValueType kF64 = ValueType::kF64;

// Locals: base and index, the value to be stored, results on their way.
constexpr uint32_t kBase = 0, kIndex = 1, kValue = 2, kI64Kept = 3,
                   kI32Kept = 4;

// Writes an expression; `Keep` after each instruction separates them.
class Expression {
 public:
  explicit Expression(bool separate) : separate_(separate) {}

  CodeBuilder& code() { return code_; }
  void Keep(ValueType type) {
    if (!separate_) return;
    const uint32_t local = type == kI64 ? kI64Kept : kI32Kept;
    code_.LocalSet(local).LocalGet(local);
  }

 private:
  bool separate_;
  CodeBuilder code_;
};

enum class Scale { kNone, kShift, kProduct };

struct Address {
  Scale scale;
  int64_t by;        // the shift's distance or the product's other factor
  bool constant;     // the base is a constant
  bool index_first;  // and the base is added to it
  bool computed;     // the index is itself a result
};

std::string Describe(const Address& a) {
  return "scale " + std::to_string(static_cast<int>(a.scale)) + " by " +
         std::to_string(a.by) + (a.constant ? " constant base" : "") +
         (a.index_first ? " index first" : "") +
         (a.computed ? " computed index" : "");
}

void WriteBase(Expression& e, const Address& address) {
  if (address.constant) {
    e.code().I64Const(address.by % 2 == 0 ? 40000 : -24);
  } else {
    e.code().LocalGet(kBase);
  }
}

void WriteIndex(Expression& e, const Address& address) {
  e.code().LocalGet(kIndex);
  if (address.computed) {
    e.code().I64Const(0x5a).Op(WasmOp::kI64Xor);
    e.Keep(kI64);
  }
  if (address.scale == Scale::kNone) return;
  e.code()
      .I64Const(address.by)
      .Op(address.scale == Scale::kShift ? WasmOp::kI64Shl : WasmOp::kI64Mul);
  e.Keep(kI64);
}

void WriteAddress(Expression& e, const Address& address) {
  if (address.index_first) {
    WriteIndex(e, address);
    WriteBase(e, address);
  } else {
    WriteBase(e, address);
    WriteIndex(e, address);
  }
  e.code().Op(WasmOp::kI64Add);
  e.Keep(kI64);
}

std::vector<Address> Addresses() {
  std::vector<Address> all;
  for (bool constant : {false, true}) {
    for (bool index_first : {false, true}) {
      for (bool computed : {false, true}) {
        all.push_back({Scale::kNone, 0, constant, index_first, computed});
        for (int64_t by : {0, 1, 2, 3, 4, 7, 8, 63, 64, 67}) {
          all.push_back({Scale::kShift, by, constant, index_first, computed});
        }
        for (int64_t by : {1, 2, 4, 8, 24, 56, 255, 256, -8}) {
          all.push_back({Scale::kProduct, by, constant, index_first, computed});
        }
      }
    }
  }
  return all;
}

// A module with the expression's two forms, "combined" and "separate".
template <class Write>
std::vector<uint8_t> TwoForms(ValueType result, Write write) {
  ModuleBuilder module;
  module.AddMemory({{1, {}}});
  module.AddGlobal({ValueType::kI32, true}, CodeBuilder().I32Const(4096).End());
  const uint32_t type = module.AddType({kI64, kI64, kI64}, {result});
  for (bool separate : {false, true}) {
    Expression expression(separate);
    write(expression);
    expression.code().End();
    module.AddExport(separate ? "separate" : "combined", ExternKind::kFunc,
                     module.AddFunc(type, {kI64, kI32}, expression.code()));
  }
  std::string data;
  for (int i = 0; i < 65536; ++i) {
    data.push_back(static_cast<char>((i * 2654435761u) >> 13));
  }
  module.AddData(CodeBuilder().I32Const(0).End(), data);
  return module.Build();
}

// Inside, at both ends, beyond the end, and where sums wrap around.
constexpr uint64_t kInputs[][2] = {
    {1000, 0},        {1000, 17},
    {0, 0x5a},        {65528, 0},
    {65529, 0},       {65536, 0xffffffffffffffff},
    {0x100000000, 5}, {0xffffffff00000100, 9},
    {0xfffffff0, 2},  {0xffffffffffffff00, 0x100},
    {64, 0x1fffffff}, {8, 0x8000000000000001},
};

template <class Write>
void ExpectSame(ValueType result, const std::string& what, Write write) {
  const std::vector<uint8_t> bytes = TwoForms(result, write);
  for (const InstanceOptions& options : AllOptions()) {
    // Stores change memory, so each form has one of its own.
    TestInstance combined(bytes, options), separate(bytes, options);
    for (const auto& input : kInputs) {
      const std::vector<uint64_t> args = {input[0], input[1],
                                          0x1122334455667788};
      EXPECT_EQ(combined.Call("combined", args),
                separate.Call("separate", args))
          << what << " of " << input[0] << " and " << input[1] << ", "
          << Describe(options);
    }
  }
}

TEST(FoldTest, AddressesThatAreValues) {
  for (const Address& address : Addresses()) {
    ExpectSame(kI64, Describe(address),
               [&](Expression& e) { WriteAddress(e, address); });
  }
}

TEST(FoldTest, AddressesOfLoads) {
  struct Access {
    WasmOp op;
    ValueType type;
  };
  for (const Access& access :
       {Access{WasmOp::kI64Load, kI64}, Access{WasmOp::kF64Load, kF64},
        Access{WasmOp::kI64Load32U, kI64}, Access{WasmOp::kI64Load32S, kI64},
        Access{WasmOp::kI64Load16U, kI64}, Access{WasmOp::kI64Load16S, kI64},
        Access{WasmOp::kI32Load8U, kI32}, Access{WasmOp::kI32Load8S, kI32}}) {
    for (const Address& address : Addresses()) {
      if (address.by > 4 && address.by != 8) continue;
      for (uint32_t offset : {0u, 8u}) {
        ExpectSame(access.type, Describe(address), [&](Expression& e) {
          WriteAddress(e, address);
          e.code().Op(WasmOp::kI32WrapI64).Op(access.op, 0, offset);
        });
      }
    }
  }
}

TEST(FoldTest, AddressesOfStores) {
  for (WasmOp op : {WasmOp::kI64Store, WasmOp::kI64Store32, WasmOp::kI64Store16,
                    WasmOp::kI64Store8}) {
    for (const Address& address : Addresses()) {
      if (address.by > 4) continue;
      for (int value = 0; value < 3; ++value) {
        ExpectSame(kI64, Describe(address), [&](Expression& e) {
          WriteAddress(e, address);
          e.code().Op(WasmOp::kI32WrapI64);
          if (value == 0) e.code().LocalGet(kValue);
          if (value == 1) e.code().I64Const(-3);
          if (value == 2) {
            e.code().LocalGet(kValue).LocalGet(kIndex).Op(WasmOp::kI64Add);
          }
          e.code().Op(op, 0, 0).LocalGet(kBase);
        });
      }
    }
  }
  for (const Address& address : Addresses()) {
    if (address.by > 4) continue;
    ExpectSame(kI64, Describe(address), [&](Expression& e) {
      WriteAddress(e, address);
      e.code().Op(WasmOp::kI32WrapI64);
      e.code().LocalGet(kValue).Op(WasmOp::kF64ConvertI64S);
      e.code().Op(WasmOp::kF64Store, 0, 0).LocalGet(kBase);
    });
  }
}

TEST(FoldTest, FieldsOfBits) {
  for (int64_t shift : {0, 1, 8, 56, 63, 64, 72, -1}) {
    for (int64_t mask : {0l, 1l, 127l, 255l, 256l, -1l, 0xffffl, 0xffffffffl}) {
      for (bool computed : {false, true}) {
        ExpectSame(
            kI64,
            "shift " + std::to_string(shift) + " mask " + std::to_string(mask),
            [&](Expression& e) {
              e.code().LocalGet(kBase);
              if (computed) {
                e.code().LocalGet(kIndex).Op(WasmOp::kI64Xor);
                e.Keep(kI64);
              }
              e.code().I64Const(shift).Op(WasmOp::kI64ShrU);
              e.Keep(kI64);
              e.code().I64Const(mask).Op(WasmOp::kI64And);
            });
      }
    }
  }
}

// Elements of arrays on Go's stack: global 0 is its pointer.
TEST(FoldTest, ElementsAtTheStackPointer) {
  for (int64_t offset : {0, 4, 6, 8, 1020, 1024, 65536, -8}) {
    for (int64_t shift : {0, 1, 2, 3, 4, 60}) {
      for (WasmOp load :
           {WasmOp::kI64Load, WasmOp::kI64Load32U, WasmOp::kI64Load8U}) {
        for (int form = 0; form < 4; ++form) {
          ExpectSame(kI64,
                     "offset " + std::to_string(offset) + " shift " +
                         std::to_string(shift) + " form " +
                         std::to_string(form),
                     [&](Expression& e) {
                       const auto write_index = [&] {
                         e.code().LocalGet(kIndex);
                         if (shift == 0) return;
                         e.code().I64Const(shift).Op(WasmOp::kI64Shl);
                         e.Keep(kI64);
                       };
                       if (form % 2 != 0) write_index();
                       e.code().GlobalGet(0).Op(WasmOp::kI64ExtendI32U);
                       e.Keep(kI64);
                       e.code().I64Const(offset).Op(WasmOp::kI64Add);
                       e.Keep(kI64);
                       if (form % 2 == 0) write_index();
                       e.code().Op(WasmOp::kI64Add);
                       e.Keep(kI64);
                       if (form < 2) return;
                       e.code().Op(WasmOp::kI32WrapI64);
                       if (shift % 2 == 0) {
                         e.code().Op(load, 0, 0);
                       } else {
                         e.code().LocalGet(kValue).Op(WasmOp::kI64Store, 0, 0);
                         e.code().LocalGet(kBase);
                       }
                     });
        }
      }
    }
  }
}

TEST(FoldTest, MasksOfShiftCounts) {
  for (WasmOp op : {WasmOp::kI64Shl, WasmOp::kI64ShrU, WasmOp::kI64ShrS,
                    WasmOp::kI64Rotl, WasmOp::kI64Rotr}) {
    for (int64_t mask : {63, 31, 62, 127, 0, -1}) {
      for (bool constant : {false, true}) {
        ExpectSame(kI64, "mask " + std::to_string(mask), [&](Expression& e) {
          if (constant) {
            e.code().I64Const(mask - 3);
          } else {
            e.code().LocalGet(kBase);
          }
          e.code().LocalGet(kIndex).I64Const(mask).Op(WasmOp::kI64And);
          e.Keep(kI64);
          e.code().Op(op);
        });
        ExpectSame(kI32, "mask " + std::to_string(mask), [&](Expression& e) {
          e.code().LocalGet(kBase).Op(WasmOp::kI32WrapI64);
          e.code().LocalGet(kIndex).Op(WasmOp::kI32WrapI64);
          e.code().I32Const(static_cast<int32_t>(mask)).Op(WasmOp::kI32And);
          e.Keep(kI32);
          e.code().Op(WasmOp::kI32ShrS);
        });
      }
    }
  }
}

// (a + ((a >> 63) >>> (64 - k))) >> k, and what is nearly that.
TEST(FoldTest, QuotientsByPowersOfTwo) {
  for (int64_t k : {1, 2, 3, 31, 32, 62, 63}) {
    for (int64_t off : {0, 1, -1}) {
      for (bool sign_first : {false, true}) {
        for (bool other : {false, true}) {
          ExpectSame(kI64, "by 1 << " + std::to_string(k), [&](Expression& e) {
            const auto write_sign = [&] {
              e.code().LocalGet(other ? kIndex : kBase);
              if (k > 1) {
                e.code().I64Const(63).Op(WasmOp::kI64ShrS);
                e.Keep(kI64);
              }
              e.code().I64Const(64 - k + off).Op(WasmOp::kI64ShrU);
              e.Keep(kI64);
            };
            if (sign_first) write_sign();
            e.code().LocalGet(kBase);
            if (!sign_first) write_sign();
            e.code().Op(WasmOp::kI64Add);
            e.Keep(kI64);
            e.code().I64Const(k).Op(WasmOp::kI64ShrS);
          });
        }
      }
    }
  }
}

TEST(FoldTest, AndNot) {
  for (int64_t ones : {-1, 1, 0xff}) {
    for (bool inverted_first : {false, true}) {
      ExpectSame(kI64, "ones " + std::to_string(ones), [&](Expression& e) {
        if (!inverted_first) e.code().LocalGet(kBase);
        e.code().LocalGet(kIndex).I64Const(ones).Op(WasmOp::kI64Xor);
        e.Keep(kI64);
        if (inverted_first) e.code().LocalGet(kBase);
        e.code().Op(WasmOp::kI64And);
      });
    }
  }
}

TEST(FoldTest, ConstantsThatComeFirst) {
  for (int64_t constant : {0, 1, -1, 4369, 1 << 20}) {
    for (WasmOp op : {WasmOp::kI64Shl, WasmOp::kI64Sub, WasmOp::kI64ShrU,
                      WasmOp::kI64LtS, WasmOp::kI64GeU}) {
      const bool compares = op == WasmOp::kI64LtS || op == WasmOp::kI64GeU;
      ExpectSame(compares ? kI32 : kI64, "constant", [&](Expression& e) {
        e.code().I64Const(constant);
        e.Keep(kI64);
        e.code().LocalGet(kIndex).Op(op);
      });
    }
    for (WasmOp op : {WasmOp::kF64Sub, WasmOp::kF64Div, WasmOp::kF64Mul,
                      WasmOp::kF64Lt, WasmOp::kF64Ge, WasmOp::kF64Ne}) {
      const bool compares =
          op == WasmOp::kF64Lt || op == WasmOp::kF64Ge || op == WasmOp::kF64Ne;
      for (bool reinterpret : {false, true}) {
        ExpectSame(kI64, "constant", [&](Expression& e) {
          e.code().F64Const(
              std::bit_cast<uint64_t>(static_cast<double>(constant)));
          e.code().LocalGet(kBase).LocalGet(kIndex).Op(WasmOp::kI64Add);
          e.Keep(kI64);
          e.code().Op(reinterpret ? WasmOp::kF64ReinterpretI64
                                  : WasmOp::kF64ConvertI64S);
          e.code().Op(op).Op(compares ? WasmOp::kI64ExtendI32U
                                      : WasmOp::kI64ReinterpretF64);
        });
      }
    }
  }
}

// Comparisons of what has been extended need no extension.
TEST(FoldTest, ComparisonsOfExtendedValues) {
  for (WasmOp op :
       {WasmOp::kI64Eq, WasmOp::kI64Ne, WasmOp::kI64LtS, WasmOp::kI64LtU,
        WasmOp::kI64GtS, WasmOp::kI64GtU, WasmOp::kI64LeS, WasmOp::kI64LeU,
        WasmOp::kI64GeS, WasmOp::kI64GeU}) {
    for (int64_t constant :
         {int64_t{0}, int64_t{9}, int64_t{0xffffffff}, int64_t{0x80000000},
          int64_t{-1}, int64_t{0x100000000}}) {
      for (int form = 0; form < 3; ++form) {
        ExpectSame(kI32, "constant " + std::to_string(constant),
                   [&](Expression& e) {
                     const auto extended = [&](uint32_t local) {
                       e.code().LocalGet(local).Op(WasmOp::kI32WrapI64);
                       e.Keep(kI32);
                       e.code().Op(WasmOp::kI64ExtendI32U);
                       e.Keep(kI64);
                     };
                     if (form == 1) e.code().I64Const(constant);
                     extended(kIndex);
                     if (form == 0) e.code().I64Const(constant);
                     if (form == 2) extended(kBase);
                     e.code().Op(op);
                   });
      }
    }
  }
}

TEST(FoldTest, CombinedFormsAreUsed) {
  InstanceOptions options;
  auto dump = [&](ValueType result, auto write) {
    return TestInstance(TwoForms(result, write), options).Dump(0);
  };
  const Address element{Scale::kShift, 3, false, false, false};
  EXPECT_NE(dump(kI64, [&](Expression& e) { WriteAddress(e, element); })
                .find("Index64"),
            std::string::npos);
  EXPECT_NE(dump(kI64,
                 [&](Expression& e) {
                   WriteAddress(e, element);
                   e.code().Op(WasmOp::kI32WrapI64).Op(WasmOp::kI64Load, 0, 0);
                 })
                .find("IndexLoad64"),
            std::string::npos);
  EXPECT_NE(dump(kI64,
                 [&](Expression& e) {
                   e.code().LocalGet(kBase).I64Const(8).Op(WasmOp::kI64ShrU);
                   e.code().I64Const(255).Op(WasmOp::kI64And);
                 })
                .find("Bits64"),
            std::string::npos);
}

}  // namespace
}  // namespace goshawk::interp
