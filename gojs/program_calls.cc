// What C++ asks of a program while it runs: values, functions, promises and
// exports.

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gojs/program_parts.h"
#include "interp/instruction_text.h"

namespace goshawk::gojs {
namespace {

// Takes the first name off a path.
std::string_view TakeName(std::string_view* path) {
  const size_t dot = path->find('.');
  const std::string_view name = path->substr(0, dot);
  *path = dot == std::string_view::npos ? "" : path->substr(dot + 1);
  return name;
}

absl::Status Ended() {
  return absl::FailedPreconditionError("the program has ended");
}

}  // namespace

absl::Status Program::DefineValue(std::string_view path, Value value) {
  Ref<Object> object(&realm().global());
  const std::string whole(path);
  std::string_view name = TakeName(&path);
  while (!path.empty()) {
    Completion next = object->Get(name);
    if (!next.ok()) return StatusOf(realm(), next);
    if (next.value().IsUndefined()) {
      next = Value(realm().NewObject());
      object->Define(name, next.value());
    } else if (!next.value().IsObject()) {
      return absl::InvalidArgumentError(
          absl::StrCat(whole, ": ", std::string(name), " is no object"));
    }
    object = Ref<Object>(next.value().object());
    name = TakeName(&path);
  }
  object->Define(name, std::move(value));
  return absl::OkStatus();
}

absl::StatusOr<Value> Program::GetValue(std::string_view path) {
  Value value(&realm().global());
  for (std::string_view rest = path; !rest.empty();) {
    const std::string_view name = TakeName(&rest);
    if (!value.IsObject()) {
      value = Value();
      break;
    }
    const Ref<Object> object(value.object());
    Completion next = object->Get(name);
    if (!next.ok()) return StatusOf(realm(), next);
    value = std::move(next).value();
  }
  if (value.IsUndefined()) {
    return absl::NotFoundError(
        absl::StrCat(std::string(path), " is undefined"));
  }
  return value;
}

absl::StatusOr<Value> Program::CallPath(std::string_view path, Args args) {
  const size_t dot = path.rfind('.');
  Value self;
  if (dot != std::string_view::npos) {
    absl::StatusOr<Value> holder = GetValue(path.substr(0, dot));
    if (!holder.ok()) return holder.status();
    self = *std::move(holder);
  }
  const absl::StatusOr<Value> function = GetValue(path);
  if (!function.ok()) return function.status();
  if (!function->IsCallable()) {
    return absl::InvalidArgumentError(
        absl::StrCat(std::string(path), " is not a function"));
  }
  return CallValue(*function, self, args);
}

absl::StatusOr<Value> Program::CallValue(const Value& function,
                                         const Value& self, Args args) {
  if (!function.IsCallable()) {
    return absl::InvalidArgumentError("the value is not a function");
  }
  if (ended()) return Ended();
  const Ref<Object> callee(function.object());  // Kept while it runs.
  return Finish(callee->Call(self, args));
}

absl::StatusOr<Value> Program::Finish(Completion completion) {
  Parts& p = *parts_;
  if (!p.host.running()) p.DrainMicrotasks();
  if (completion.ok()) return std::move(completion).value();
  return StatusOf(p.realm, completion);
}

absl::StatusOr<Value> Program::AwaitValue(absl::StatusOr<Value> promise) {
  if (!promise.ok() || !promise->IsObject()) return promise;
  const Ref<Object> object((*promise).object());
  Completion then = object->Get("then");
  if (!then.ok()) return StatusOf(realm(), then);
  if (!then.value().IsCallable()) return promise;

  // Kept by the functions, which may be called after all is over.
  const auto settled = std::make_shared<std::optional<Completion>>();
  const auto settle = [this, settled](bool fulfilled) {
    return ToValue(realm(), [settled, fulfilled](Value value) {
      if (settled->has_value()) return;
      *settled = fulfilled ? Completion(std::move(value))
                           : Completion::Throw(std::move(value));
    });
  };
  const Value functions[] = {settle(true), settle(false)};
  const absl::StatusOr<Value> called =
      CallValue(then.value(), *promise, functions);
  if (!called.ok()) return called.status();
  absl::Status waited = RunUntil([&] { return settled->has_value(); });
  if (!waited.ok()) return waited;
  // There is a value now. NOLINTNEXTLINE(bugprone-unchecked-optional-access)
  Completion result = *std::move(*settled);
  settled->reset();
  return Finish(std::move(result));
}

absl::Status Program::InvokeExport(std::string_view name,
                                   const interp::FuncType& type,
                                   uint64_t* values) {
  Parts& p = *parts_;
  if (!p.started) {
    return absl::FailedPreconditionError("the program was not started");
  }
  if (p.Ended()) return Ended();
  absl::StatusOr<GoExport> found = p.host.FindExport(name);
  if (!found.ok()) return found.status();
  const interp::FuncType& actual =
      interp::Instance::TypeOf(*p.instance->FindFunction(name));
  if (!(actual == type)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the program's function \"", std::string(name), "\" is ",
                     interp::Text(actual), ", not ", interp::Text(type)));
  }
  const auto call = std::make_shared<Host::ExportCall>();
  call->function = *std::move(found);
  call->params.assign(values, values + type.params.size());
  static_cast<void>(p.host.CallExport(call));
  if (!p.host.running()) {
    p.DrainMicrotasks();
    if (!call->done) {
      absl::Status waited = RunUntil([&] { return call->done; });
      if (!waited.ok()) return waited;
    }
  }
  values[0] = call->result;
  return p.host.stopped() ? absl::AbortedError("the program has ended")
                          : absl::OkStatus();
}

absl::StatusOr<std::span<uint8_t>> Program::Bytes(uint64_t address,
                                                  uint64_t size) {
  interp::Memory& memory = parts_->host.memory();
  if (!memory.Contains(address, size)) {
    return absl::OutOfRangeError("not in the program's memory");
  }
  return std::span<uint8_t>(memory.base() + address, size);
}

}  // namespace goshawk::gojs
