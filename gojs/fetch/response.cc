#include "gojs/fetch/response.h"

#include <vector>

#include "gojs/js/bind.h"
#include "gojs/js/json.h"
#include "gojs/js/typed_array.h"

namespace goshawk::gojs {
namespace {

constexpr Member kMembers[] = {
    Method<&Response::ArrayBufferOf>("arrayBuffer"),
    Method<&Response::Bytes>("bytes"),
    Method<&Response::Json>("json"),
    Method<&Response::Text>("text"),
    Getter<&Response::body>("body"),
    Getter<&Response::body_used>("bodyUsed"),
    Getter<&Response::headers>("headers"),
    Getter<&Response::ok>("ok"),
    Getter<&Response::redirected>("redirected"),
    Getter<&Response::status>("status"),
    Getter<&Response::status_text>("statusText"),
    Getter<&Response::type>("type"),
    Getter<&Response::url>("url"),
};

Completion MakeBuffer(Realm& realm, std::vector<uint8_t> bytes) {
  return Value(ArrayBuffer::Adopt(realm, std::move(bytes)));
}

Completion MakeArray(Realm& realm, std::vector<uint8_t> bytes) {
  const size_t size = bytes.size();
  return Value(realm.New<TypedArray>(
      ElementType::kUint8, ArrayBuffer::Adopt(realm, std::move(bytes)), 0,
      size));
}

std::string_view TextOf(const std::vector<uint8_t>& bytes) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()),
                        bytes.size());
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return text;
}

// NOLINTBEGIN(performance-unnecessary-value-param): as BodyStream::Make has it
Completion MakeText(Realm&, std::vector<uint8_t> bytes) {
  return Value(String::New(TextOf(bytes)));
}

Completion MakeJson(Realm& realm, std::vector<uint8_t> bytes) {
  return ParseJson(realm, TextOf(bytes));
}
// NOLINTEND(performance-unnecessary-value-param)

}  // namespace

const ClassInfo Response::kClass = {
    .name = "Response", .parent = &Object::kClass, .members = kMembers};

Value Response::ReadAll(BodyStream::Make make) {
  if (body_) return body_->ReadAll(make);
  const Ref<BodyStream> nothing = realm().New<BodyStream>(nullptr);
  return nothing->ReadAll(make);
}

Value Response::ArrayBufferOf() { return ReadAll(&MakeBuffer); }
Value Response::Bytes() { return ReadAll(&MakeArray); }
Value Response::Json() { return ReadAll(&MakeJson); }
Value Response::Text() { return ReadAll(&MakeText); }

void Response::Trace(Tracer& tracer) const {
  tracer(headers_);
  tracer(body_);
  Object::Trace(tracer);
}

void Response::Clear() {
  headers_ = {};
  body_ = {};
  Object::Clear();
}

}  // namespace goshawk::gojs
