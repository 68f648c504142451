#include "interp/cold.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <mutex>

#include "interp/ahead.h"
#include "interp/dispatch.h"
#include "interp/fault.h"
#include "interp/state.h"
#include "interp/translator.h"

namespace goshawk::interp {
namespace {

// The function whose stub word `stub` is; see Function::stub.
Function* FunctionOfStub(const Word* stub, bool go) {
  auto* address = reinterpret_cast<char*>(const_cast<Word*>(stub));
  return reinterpret_cast<Function*>(address - offsetof(Function, stub) -
                                     (go ? 0 : sizeof(Word)));
}

Trap Translate(State& state, Function& function) {
  if (state.ahead != nullptr) {
    const auto code = state.ahead->Take(function);
    if (code != nullptr) return Translator::Place(state, function, *code);
  }
  return state.translator->Translate(function);
}

uint32_t U32(uint64_t operand) { return static_cast<uint32_t>(operand); }

// True if [offset, offset + count) lies in [0, size).
bool Fits(uint64_t offset, uint64_t count, uint64_t size) {
  return offset + count <= size;
}

}  // namespace

const Word* TranslateCallee(State* state, const Word* stub, const Frame* frames,
                            bool go) {
  FaultsAreNotOurs guard;
  std::lock_guard<std::mutex> lock(state->code_mutex);
  Function* function = FunctionOfStub(stub, go);
  // It may have been translated since somebody copied the address of the stub.
  const Word* entry = go ? function->go_entry : function->entry;
  if (entry == stub) {
    state->translation_trap = state->code.revoked()
                                  ? Trap::kInterrupted
                                  : Translate(*state, *function);
    if (state->translation_trap != Trap::kNone) return nullptr;
    entry = go ? function->go_entry : function->entry;
  }
  // A direct call goes there at once from now on.
  auto* site = const_cast<Word*>(frames[-1].return_pc - kCallWords);
  if (!state->code.revoked() && DataAt<const Word*>(site + 1) == stub) {
    SetDataAt(site + 1, entry);
    const uint32_t* handlers = state->dispatcher->handlers;
    if (go && function->starts_with_check &&
        state->dispatcher->fused != nullptr &&
        site->handler == handlers[static_cast<size_t>(Op::kGoCall_NNJ)]) {
      site->handler = handlers[static_cast<size_t>(Op::kGoCallEnter_NNJ)];
    }
  }
  return entry;
}

Trap InvokeHost(State* state, const Word* stub, bool go, uint64_t* values) {
  const Function* function = FunctionOfStub(stub, go);
  const HostFunction& host = state->hosts[function->index];
  state->slots =
      values + std::max(host.type.params.size(), host.type.results.size());
  if (state->slots > state->slots_limit) return Trap::kStackExhausted;
  FaultsAreNotOurs guard;
  return host.call(host.context, *state->instance, values);
}

Trap InvokeForeign(State* state, const Function* callee, const FuncType* type,
                   uint64_t* values) {
  if (callee->owner == state->instance || *callee->type != *type) {
    return Trap::kIndirectCallTypeMismatch;
  }
  state->slots = values + std::max(type->params.size(), type->results.size());
  if (state->slots > state->slots_limit) return Trap::kStackExhausted;
  FaultsAreNotOurs guard;
  return callee->owner->Invoke(*callee, values);
}

uint32_t MemoryPages(const State* state) { return state->memory->pages(); }

uint32_t GrowMemory(State* state, uint32_t delta) {
  const uint32_t pages = state->memory->pages();
  return state->memory->Grow(delta) ? pages : UINT32_MAX;
}

Trap MemoryInit(State* state, const ColdCall& call, uint64_t* operands) {
  const DataSegment& segment = state->module->data[call.a];
  const uint32_t to = U32(operands[0]), from = U32(operands[1]);
  const uint32_t count = U32(operands[2]);
  const uint32_t size = state->dropped_data[call.a] ? 0 : segment.bytes_size;
  if (!Fits(from, count, size) || !Fits(to, count, state->memory->size())) {
    return Trap::kMemoryOutOfBounds;
  }
  if (count > 0) {
    std::memcpy(state->memory->base() + to,
                state->module->bytes.data() + segment.bytes_offset + from,
                count);
  }
  return Trap::kNone;
}

Trap DataDrop(State* state, const ColdCall& call, uint64_t*) {
  state->dropped_data[call.a] = true;
  return Trap::kNone;
}

Trap TableInit(State* state, const ColdCall& call, uint64_t* operands) {
  const ElementSegment& segment = state->module->elements[call.a];
  Table& table = *state->tables[call.b];
  const uint32_t to = U32(operands[0]), from = U32(operands[1]);
  const uint32_t count = U32(operands[2]);
  const uint64_t size =
      state->dropped_elements[call.a] ? 0 : segment.elements.size();
  if (!Fits(from, count, size) || !Fits(to, count, table.size())) {
    return Trap::kTableOutOfBounds;
  }
  for (uint32_t i = 0; i < count; ++i) {
    table.elements[to + i] = state->Evaluate(segment.elements[from + i]);
  }
  return Trap::kNone;
}

Trap ElemDrop(State* state, const ColdCall& call, uint64_t*) {
  state->dropped_elements[call.a] = true;
  return Trap::kNone;
}

Trap TableGet(State* state, const ColdCall& call, uint64_t* operands) {
  const Table& table = *state->tables[call.a];
  const uint32_t index = U32(operands[0]);
  if (index >= table.size()) return Trap::kTableOutOfBounds;
  operands[0] = table.elements[index];
  return Trap::kNone;
}

Trap TableSet(State* state, const ColdCall& call, uint64_t* operands) {
  Table& table = *state->tables[call.a];
  const uint32_t index = U32(operands[0]);
  if (index >= table.size()) return Trap::kTableOutOfBounds;
  table.elements[index] = operands[1];
  return Trap::kNone;
}

Trap TableSize(State* state, const ColdCall& call, uint64_t* operands) {
  operands[0] = state->tables[call.a]->size();
  return Trap::kNone;
}

Trap TableGrow(State* state, const ColdCall& call, uint64_t* operands) {
  Table& table = *state->tables[call.a];
  const uint32_t size = table.size();
  operands[0] = table.Grow(U32(operands[1]), operands[0]) ? size : UINT32_MAX;
  return Trap::kNone;
}

Trap TableFill(State* state, const ColdCall& call, uint64_t* operands) {
  Table& table = *state->tables[call.a];
  const uint32_t to = U32(operands[0]), count = U32(operands[2]);
  if (!Fits(to, count, table.size())) return Trap::kTableOutOfBounds;
  std::fill_n(table.elements.begin() + to, count, operands[1]);
  return Trap::kNone;
}

Trap TableCopy(State* state, const ColdCall& call, uint64_t* operands) {
  Table& to_table = *state->tables[call.a];
  const Table& from_table = *state->tables[call.b];
  const uint32_t to = U32(operands[0]), from = U32(operands[1]);
  const uint32_t count = U32(operands[2]);
  if (!Fits(from, count, from_table.size()) ||
      !Fits(to, count, to_table.size())) {
    return Trap::kTableOutOfBounds;
  }
  if (count > 0) {
    std::memmove(&to_table.elements[to], &from_table.elements[from],
                 count * sizeof(uint64_t));
  }
  return Trap::kNone;
}

}  // namespace goshawk::interp
