#include "gojs/go_export.h"

#include <initializer_list>

#include "interp/byte_reader.h"
#include "interp/wasm_op.h"

namespace goshawk::gojs {
namespace {

using enum interp::WasmOp;
using interp::WasmOp;

// Reads instructions that have to come in this order; what does not fit makes
// ok() false for good.
class Body {
 public:
  Body(const interp::Module& module, uint32_t function) : reader_({}) {
    const uint32_t own = function - module.imported_funcs;
    ok_ = function >= module.imported_funcs && own < module.bodies.size();
    if (!ok_) return;
    const interp::FuncBody& body = module.bodies[own];
    reader_ =
        interp::ByteReader(module.bytes, body.body_offset, body.body_size);
    Check(reader_.VarU32() == 0);  // locals
  }

  bool ok() const { return ok_ && reader_.ok(); }

  void Check(bool true_here) { ok_ = ok_ && true_here; }
  bool NextIs(WasmOp op) const {
    return reader_.Peek() == static_cast<uint8_t>(op);
  }
  void Op(WasmOp op) { Check(reader_.Byte() == static_cast<uint8_t>(op)); }
  uint32_t Index(WasmOp op) {
    Op(op);
    return reader_.VarU32();
  }
  int32_t I32Const() {
    Op(kI32Const);
    return reader_.VarS32();
  }
  uint64_t I64Const() {
    Op(kI64Const);
    return static_cast<uint64_t>(reader_.VarS64());
  }
  void If() {
    Op(kIf);
    Check(reader_.Byte() == 0x40);
  }
  // A load or store, one of those of `sizes`.
  struct Access {
    WasmOp op;
    uint32_t size;
  };
  GoExport::Field MemoryField(std::initializer_list<Access> accesses) {
    const uint8_t code = reader_.Byte();
    GoExport::Field field;
    for (const Access& access : accesses) {
      if (static_cast<uint8_t>(access.op) == code) field.size = access.size;
    }
    reader_.VarU32();  // alignment
    field.offset = reader_.VarU32();
    Check(field.size > 0);
    return field;
  }

  void GetSp() { Check(Index(kGlobalGet) == 0); }
  void SetSp() { Check(Index(kGlobalSet) == 0); }
  // SP += or -= a constant, which is the result.
  uint32_t MoveSp(WasmOp direction) {
    GetSp();
    const int32_t by = I32Const();
    Op(direction);
    SetSp();
    Check(by >= 0);
    return static_cast<uint32_t>(by);
  }

 private:
  interp::ByteReader reader_;
  bool ok_;
};

}  // namespace

std::optional<GoExport> ReadGoExport(const interp::Module& module,
                                     uint32_t wrapper) {
  GoExport found;
  Body body(module, wrapper);
  // If SP is 0, Go was not started.
  body.GetSp();
  body.Op(kI32Eqz);
  body.If();
  body.Index(kCall);
  body.Op(kEnd);
  if (!body.ok()) return std::nullopt;
  const uint32_t down = body.MoveSp(kI32Sub);
  body.GetSp();
  // Without parameters and result that was for the return address already.
  if (!body.NextIs(kI64Const)) {
    found.frame = down;
    const size_t params = module.TypeOfFunc(wrapper).params.size();
    for (uint32_t i = 0; i < params; ++i) {
      body.Check(body.Index(kLocalGet) == i);
      if (body.NextIs(kI64ExtendI32U)) body.Op(kI64ExtendI32U);
      found.params.push_back(body.MemoryField({{kI32Store, 4},
                                               {kI64Store, 8},
                                               {kF32Store, 4},
                                               {kF64Store, 8},
                                               {kI32Store8, 1}}));
      body.GetSp();
    }
    body.Check(body.I32Const() == 8);
    body.Op(kI32Sub);
    body.SetSp();
    body.GetSp();
  }
  found.return_address = body.I64Const();
  body.Check(body.MemoryField({{kI64Store, 8}}).offset == 0);
  body.Check(body.I32Const() == 0);
  found.function = body.Index(kCall);
  // Should it unwind: the scheduler.
  body.If();
  body.Check(body.I64Const() == found.return_address);
  body.Check(body.I64Const() == 16);
  body.Op(kI64ShrU);
  body.Op(kI32WrapI64);
  body.Index(kCall);
  body.Op(kEnd);
  if (!module.TypeOfFunc(wrapper).results.empty()) {
    body.GetSp();
    found.result = body.MemoryField({{kI32Load, 4},
                                     {kI64Load, 8},
                                     {kF32Load, 4},
                                     {kF64Load, 8},
                                     {kI32Load8U, 1}});
  }
  if (found.frame > 0) body.Check(body.MoveSp(kI32Add) == found.frame);
  body.Op(kReturn);
  if (!body.ok()) return std::nullopt;
  return found;
}

std::optional<uint32_t> ReadEventHandler(const interp::Module& module,
                                         uint32_t resume) {
  Body body(module, resume);
  body.Check(body.I32Const() == 0);
  const uint32_t handler = body.Index(kCall);
  body.Op(kDrop);
  body.Index(kCall);
  body.Op(kReturn);
  if (!body.ok()) return std::nullopt;
  return handler;
}

}  // namespace goshawk::gojs
