// TextEncoder and TextDecoder (WHATWG Encoding), for UTF-8.

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "gojs/js/array_buffer.h"
#include "gojs/js/bind.h"
#include "gojs/js/typed_array.h"
#include "gojs/js/utf16.h"
#include "gojs/node/node_error.h"
#include "gojs/node/objects.h"

namespace goshawk::gojs {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

// `text` as valid UTF-8: a surrogate by itself, or bytes that are no UTF-8,
// become U+FFFD.
std::string WellFormed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const char32_t c = TakeCodePoint(text);
    AppendCodePoint(c >= 0xd800 && c < 0xe000 ? U'\ufffd' : c, &out);
  }
  return out;
}

Completion Encode(Realm& realm, const Value& value) {
  std::string text;
  if (!value.IsUndefined()) {
    const Completion string = ToJsString(realm, value);
    if (!string.ok()) return string;
    text = WellFormed(string.value().string()->view());
  }
  const Ref<TypedArray> bytes =
      TypedArray::New(realm, ElementType::kUint8, text.size());
  if (!bytes) {
    return realm.Throw(ErrorKind::kRangeError,
                       "Array buffer allocation failed");
  }
  std::copy(text.begin(), text.end(), bytes->bytes().begin());
  return Value(bytes);
}

// encodeInto(text, bytes): as many whole characters as fit.
Completion EncodeInto(Realm& realm, std::string_view text, TypedArray* into) {
  if (into == nullptr || into->type() != ElementType::kUint8) {
    return ThrowArgumentType(realm, "dest", "an instance of Uint8Array",
                             Value(Ref<Object>(into)));
  }
  const std::string source = WellFormed(text);
  std::string_view rest = source;
  size_t written = 0;
  size_t read = 0;
  while (!rest.empty()) {
    const std::string_view before = rest;
    const char32_t c = TakeCodePoint(rest);
    const size_t size = before.size() - rest.size();
    if (size > into->length() - written) break;
    std::copy_n(before.begin(), size, &into->bytes()[written]);
    written += size;
    read += c < 0x10000 ? 1 : 2;
  }
  const Ref<Object> result = realm.NewObject();
  result->Define("read", Value(read));
  result->Define("written", Value(written));
  return Value(result);
}

std::string_view Utf8Name() { return "utf-8"; }

Completion MakeEncoder(const Invocation& call) {
  return Value(call.realm.New<Object>(kTextEncoderClass));
}

class TextDecoder final : public Object {
 public:
  static constexpr const ClassInfo& kClass = kTextDecoderClass;
  TextDecoder(Realm& realm, bool fatal, bool ignore_bom)
      : Object(realm, kClass), fatal_(fatal), ignore_bom_(ignore_bom) {}

  bool fatal() const { return fatal_; }
  bool ignore_bom() const { return ignore_bom_; }

  Completion Decode(const Value& source, Object* options) {
    std::span<const uint8_t> bytes;
    if (const auto* array = As<TypedArray>(source)) {
      bytes = array->bytes();
    } else if (auto* buffer = As<ArrayBuffer>(source)) {
      bytes = {buffer->data(), buffer->size()};
    } else if (!source.IsUndefined()) {
      return Completion::Throw(Value(
          realm().NewError(ErrorKind::kTypeError,
                           "The \"list\" argument must be an instance of "
                           "SharedArrayBuffer, ArrayBuffer or ArrayBufferView.",
                           "ERR_INVALID_ARG_TYPE")));
    }
    bool stream = false;
    if (options != nullptr) {
      const Completion c = options->Get("stream");
      if (!c.ok()) return c;
      stream = c.value().Truthy();
    }
    std::string in = std::exchange(pending_, {});
    in.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    std::string out;
    const bool valid = DecodeAll(in, stream, &out);
    if (!stream || !valid) began_ = false;
    if (!valid) {
      pending_.clear();
      return Completion::Throw(Value(
          realm().NewError(ErrorKind::kTypeError,
                           "The encoded data was not valid for encoding utf-8",
                           "ERR_ENCODING_INVALID_ENCODED_DATA")));
    }
    return NewString(realm(), out);
  }

 private:
  // False for a mistake that is fatal.
  bool DecodeAll(std::string_view rest, bool stream, std::string* out) {
    out->reserve(rest.size());
    while (!rest.empty()) {
      const std::string_view before = rest;
      char32_t c;
      const bool valid = TakeUtf8(rest, &c);
      // The beginning of a character whose end may yet come.
      if (!valid && stream && rest.empty() &&
          static_cast<uint8_t>(before[0]) >= 0xc2 &&
          static_cast<uint8_t>(before[0]) <= 0xf4) {
        pending_ = before;
        return true;
      }
      if (!valid && fatal_) return false;
      const bool bom = valid && c == 0xfeff && !began_ && !ignore_bom_;
      began_ = true;
      if (bom) continue;
      *out +=
          valid ? before.substr(0, before.size() - rest.size()) : kReplacement;
    }
    return true;
  }

  const bool fatal_;
  const bool ignore_bom_;
  bool began_ = false;
  std::string pending_;
};

Completion MakeDecoder(const Invocation& call) {
  std::string label = "utf-8";
  if (!call.Arg(0).IsUndefined()) {
    const Completion c = ToJsString(call.realm, call.Arg(0));
    if (!c.ok()) return c;
    label = c.value().string()->view();
  }
  std::string name;
  for (const char c : label) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) continue;
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  if (name != "utf-8" && name != "utf8" && name != "unicode-1-1-utf-8") {
    return ThrowCoded(call.realm, ErrorKind::kRangeError,
                      "ERR_ENCODING_NOT_SUPPORTED",
                      "The \"" + label + "\" encoding is not supported");
  }
  bool flags[2] = {false, false};
  if (Object* options = call.Arg(1).AsObject()) {
    const std::string_view names[] = {"fatal", "ignoreBOM"};
    for (size_t i = 0; i < 2; ++i) {
      const Completion c = options->Get(names[i]);
      if (!c.ok()) return c;
      flags[i] = c.value().Truthy();
    }
  }
  return Value(call.realm.New<TextDecoder>(flags[0], flags[1]));
}

constexpr Member kEncoderMembers[] = {
    Method<&Encode>("encode", 0),
    Method<&EncodeInto>("encodeInto"),
    Getter<&Utf8Name>("encoding"),
};

constexpr Member kDecoderMembers[] = {
    Method<&TextDecoder::Decode>("decode", 0),
    Getter<&Utf8Name>("encoding"),
    Getter<&TextDecoder::fatal>("fatal"),
    Getter<&TextDecoder::ignore_bom>("ignoreBOM"),
};

}  // namespace

const ClassInfo kTextDecoderClass = {.name = "TextDecoder",
                                     .parent = &Object::kClass,
                                     .members = kDecoderMembers,
                                     .construct = &MakeDecoder};

const ClassInfo kTextEncoderClass = {.name = "TextEncoder",
                                     .parent = &Object::kClass,
                                     .members = kEncoderMembers,
                                     .construct = &MakeEncoder};

}  // namespace goshawk::gojs
