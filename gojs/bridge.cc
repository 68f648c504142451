#include "gojs/bridge.h"

#include <cstring>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "gojs/js/error.h"

namespace goshawk::gojs {
namespace {

// The type URL of the payload that carries an error's code ends with the code.
// The payload itself is empty: what reads and writes the insides of Cords would
// be a tenth of the command.
constexpr char kCodePayload[] = "goshawk.js/code/";

std::string PayloadUrl(std::string_view code) {
  return std::string(kCodePayload).append(code);
}

absl::StatusCode CodeOf(std::string_view name) {
  for (int i = 1; i <= static_cast<int>(absl::StatusCode::kUnauthenticated);
       ++i) {
    const auto code = static_cast<absl::StatusCode>(i);
    if (absl::StatusCodeToString(code) == name) return code;
  }
  for (const fs::Errno error : {fs::Errno::kNoEnt, fs::Errno::kExist,
                                fs::Errno::kAcces, fs::Errno::kInval}) {
    if (fs::Name(error) == name) return StatusOf(error).code();
  }
  return absl::StatusCode::kUnknown;
}

// An error's "message", anything else as text.
std::string TextOf(Realm& realm, const Value& thrown) {
  if (Object* object = thrown.AsObject()) {
    const Completion message = object->Get(realm.names().message);
    if (message.ok() && message.value().IsString()) {
      return std::string(message.value().string()->view());
    }
  }
  return DescribeThrown(realm, thrown);
}

}  // namespace

absl::Status WithErrorCode(absl::Status status, std::string_view code) {
  status.ErasePayload(PayloadUrl(ErrorCode(status)));
  status.SetPayload(PayloadUrl(code), absl::Cord());
  return status;
}

std::string ErrorCode(const absl::Status& status) {
  if (status.ok()) return "";
  std::string code = absl::StatusCodeToString(status.code());
  status.ForEachPayload([&code](absl::string_view url, const absl::Cord&) {
    if (absl::ConsumePrefix(&url, kCodePayload)) code = std::string(url);
  });
  return code;
}

absl::Status StatusOf(fs::Errno error) {
  const auto code = [error] {
    switch (error) {
      case fs::Errno::kOk:
        return absl::StatusCode::kOk;
      case fs::Errno::kNoEnt:
        return absl::StatusCode::kNotFound;
      case fs::Errno::kExist:
        return absl::StatusCode::kAlreadyExists;
      case fs::Errno::kAcces:
        return absl::StatusCode::kPermissionDenied;
      case fs::Errno::kInval:
        return absl::StatusCode::kInvalidArgument;
      default:
        return absl::StatusCode::kUnknown;
    }
  }();
  if (code == absl::StatusCode::kOk) return absl::OkStatus();
  const std::string name(fs::Name(error));
  return WithErrorCode(
      absl::Status(code,
                   absl::StrCat(name, ": ", std::string(fs::Message(error)))),
      name);
}

Ref<Object> NewError(Realm& realm, const absl::Status& status) {
  return realm.NewError(
      ErrorKind::kError,
      std::string_view(status.message().data(), status.message().size()),
      ErrorCode(status));
}

absl::Status StatusOf(Realm& realm, const Completion& completion) {
  if (completion.ok()) return absl::OkStatus();
  if (completion.unwinding()) {
    return absl::AbortedError("the program has ended");
  }
  const Value& thrown = completion.value();
  std::string code;
  if (Object* object = thrown.AsObject()) {
    const Completion found = object->Get(realm.names().code);
    if (found.ok() && found.value().IsString()) {
      code = found.value().string()->view();
    }
  }
  const absl::Status status(CodeOf(code), TextOf(realm, thrown));
  return code.empty() ? status : WithErrorCode(status, code);
}

Completion CopyBytes(Realm& realm, std::span<const uint8_t> bytes) {
  const Ref<TypedArray> array =
      TypedArray::New(realm, ElementType::kUint8, bytes.size());
  if (!array) {
    return realm.Throw(ErrorKind::kRangeError,
                       "Array buffer allocation failed");
  }
  if (!bytes.empty()) {
    std::memcpy(array->bytes().data(), bytes.data(), bytes.size());
  }
  return Value(array);
}

Ref<TypedArray> AdoptBytes(Realm& realm, std::vector<uint8_t> bytes) {
  const size_t size = bytes.size();
  return realm.New<TypedArray>(ElementType::kUint8,
                               ArrayBuffer::Adopt(realm, std::move(bytes)), 0,
                               size);
}

namespace bridge_internal {

Completion NotBytes(Realm& realm) {
  return realm.Throw(ErrorKind::kTypeError,
                     "The argument must be an instance of Uint8Array");
}

absl::Status WrongType(const Value& value, std::string_view wanted) {
  const auto name = [&]() -> std::string_view {
    if (value.IsNull()) return "null";
    if (value.IsObject() && !value.IsCallable()) {
      return value.object()->class_info().name;
    }
    return TypeOf(value);
  }();
  return absl::InvalidArgumentError(absl::StrCat(
      "got ", std::string(name), " instead of ", std::string(wanted)));
}

}  // namespace bridge_internal
}  // namespace goshawk::gojs
