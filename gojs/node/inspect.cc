#include "gojs/node/inspect.h"

#include <algorithm>
#include <vector>

#include "gojs/js/array.h"
#include "gojs/js/builtins.h"
#include "gojs/js/collection.h"
#include "gojs/js/convert.h"
#include "gojs/js/error.h"
#include "gojs/js/promise.h"
#include "gojs/js/typed_array.h"
#include "gojs/node/date.h"

namespace goshawk::gojs {
namespace {

constexpr int kDepth = 2;
constexpr size_t kMaxElements = 100;

std::string Show(Realm& realm, const Value& value, int depth);

std::string Wrap(char open, const std::vector<std::string>& parts, char close) {
  std::string out(1, open);
  for (size_t i = 0; i < parts.size(); ++i) {
    out += i == 0 ? " " : ", ";
    out += parts[i];
  }
  if (!parts.empty()) out += ' ';
  out += close;
  return out;
}

std::string ShowObject(Realm& realm, Object* object, int depth) {
  const Value value(object);
  std::vector<std::string> parts;
  const auto more = [&](size_t size) {
    if (size > kMaxElements) {
      parts.push_back("... " + std::to_string(size - kMaxElements) +
                      " more items");
    }
  };
  if (const auto* array = As<Array>(value)) {
    if (depth > kDepth) return "[Array]";
    const size_t size = array->elements().size();
    for (size_t i = 0; i < std::min(size, kMaxElements); ++i) {
      parts.push_back(Show(realm, array->elements()[i], depth + 1));
    }
    more(size);
    return Wrap('[', parts, ']');
  }
  if (const auto* typed = As<TypedArray>(value)) {
    for (size_t i = 0; i < std::min(typed->length(), kMaxElements); ++i) {
      parts.push_back(ToPlainString(Value(typed->Element(i))));
    }
    more(typed->length());
    return std::string(typed->class_info().name) + "(" +
           std::to_string(typed->length()) + ") " + Wrap('[', parts, ']');
  }
  if (const auto* collection = As<Collection>(value)) {
    if (depth > kDepth) {
      return '[' + std::string(object->class_info().name) + ']';
    }
    const bool is_map = As<Map>(value) != nullptr;
    Value key;
    Value element;
    for (uint64_t at = 0; parts.size() < kMaxElements &&
                          collection->Next(&at, &key, &element);) {
      std::string part = Show(realm, key, depth + 1);
      if (is_map) part += " => " + Show(realm, element, depth + 1);
      parts.push_back(std::move(part));
    }
    more(collection->size());
    return std::string(object->class_info().name) + '(' +
           std::to_string(collection->size()) + ") " + Wrap('{', parts, '}');
  }
  if (const auto* promise = As<Promise>(value)) {
    if (depth > kDepth) return "[Promise]";
    if (promise->state() == Promise::State::kPending) {
      return "Promise { <pending> }";
    }
    const bool rejected = promise->state() == Promise::State::kRejected;
    return std::string(rejected ? "Promise { <rejected> " : "Promise { ") +
           Show(realm, promise->result(), depth + 1) + " }";
  }
  if (auto* date = As<Date>(value)) return date->ToText();
  if (object->IsA(kErrorClass)) return DescribeThrown(realm, value);
  if (object->callable()) {
    const Completion name = object->Get(realm.names().name);
    return "[Function: " + ToPlainString(name.value()) + "]";
  }
  if (depth > kDepth) return "[Object]";
  for (const Value& key : object->OwnKeys(true)) {
    const Property* p = object->properties().Find(Key(key.cell()));
    const bool data = p != nullptr && p->kind == Property::Kind::kData;
    parts.push_back(ToPlainString(key) + ": " +
                    (data ? Show(realm, p->value, depth + 1) : "[Getter]"));
  }
  return Wrap('{', parts, '}');
}

std::string Show(Realm& realm, const Value& value, int depth) {
  if (value.IsString() && depth > 0) {
    return "'" + ToPlainString(value) + "'";
  }
  if (Object* object = value.AsObject()) {
    return ShowObject(realm, object, depth);
  }
  return ToPlainString(value);
}

}  // namespace

std::string Inspect(Realm& realm, const Value& value) {
  return Show(realm, value, 0);
}

}  // namespace goshawk::gojs
