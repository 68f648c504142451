// The imports of Go's package syscall/js (src/syscall/js/js.go).
//
// Strings and slices of Go are copied before anything runs that may enter Go
// again. Values that Go passes are kept alive while they are used.

#include <cmath>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <vector>

#include "gojs/host.h"
#include "gojs/js/array.h"
#include "gojs/js/convert.h"
#include "gojs/js/function.h"
#include "gojs/js/number.h"
#include "gojs/js/typed_array.h"

namespace goshawk::gojs {

// Arguments out of Go's memory. Few need no allocation.
class Host::ArgList {
 public:
  ArgList(const RefTable& refs, GoRefs args) : size_(args.size()) {
    if (size_ <= kFew) {
      for (size_t i = 0; i < size_; ++i) {
        new (values_ + i) Value(refs.Load(args[i]));
      }
      return;
    }
    many_.reserve(size_);
    for (size_t i = 0; i < size_; ++i) many_.push_back(refs.Load(args[i]));
    values_ = many_.data();
  }
  ~ArgList() {
    if (size_ <= kFew) std::destroy_n(values_, size_);
  }
  ArgList(const ArgList&) = delete;
  ArgList& operator=(const ArgList&) = delete;
  Args args() const { return {values_, size_}; }

 private:
  static constexpr size_t kFew = 8;
  const size_t size_;
  alignas(Value) std::byte few_[kFew * sizeof(Value)];
  std::vector<Value> many_;
  Value* values_ = reinterpret_cast<Value*>(few_);
};

Results<GoRef, bool> Host::Finish(const Completion& completion) {
  if (completion.unwinding() || stopped()) return {GoRef{0}, false};
  return {refs_.Store(completion.value()), completion.ok()};
}

void Host::FinalizeRef(GoRef v) { refs_.Release(v); }

GoRef Host::StringVal(GoString text) {
  return refs_.Store(Value(realm_.Intern(text)));
}

GoRef Host::ValueGet(GoRef v, GoString name) {
  const Value object = refs_.Load(v);
  const Ref<String> key = realm_.Intern(name);
  if (!object.IsObject()) {
    return refs_.Store(Unguarded(realm_.Throw(
        ErrorKind::kTypeError, "Reflect.get called on non-object")));
  }
  return refs_.Store(Unguarded(object.object()->Get(key, object)));
}

void Host::ValueSet(GoRef v, GoString name, GoRef x) {
  const Value object = refs_.Load(v);
  if (!object.IsObject()) return;
  const Ref<String> key = realm_.Intern(name);
  Unguarded(object.object()->Set(key, refs_.Load(x)));
}

void Host::ValueDelete(GoRef v, GoString name) {
  const Value object = refs_.Load(v);
  if (object.IsObject()) object.object()->Delete(realm_.Intern(name));
}

GoRef Host::ValueIndex(GoRef v, int64_t index) {
  const Value object = refs_.Load(v);
  if (!object.IsObject()) return GoRef{0};
  return refs_.Store(Unguarded(object.object()->GetIndex(index)));
}

void Host::ValueSetIndex(GoRef v, int64_t index, GoRef x) {
  const Value object = refs_.Load(v);
  if (object.IsObject()) {
    Unguarded(object.object()->SetIndex(index, refs_.Load(x)));
  }
}

Results<GoRef, bool> Host::ValueCall(GoRef v, GoString method, GoRefs args) {
  const Value self = refs_.Load(v);
  const ArgList list(refs_, args);
  if (!self.IsObject()) {
    return Finish(realm_.Throw(ErrorKind::kTypeError,
                               "Reflect.get called on non-object"));
  }
  const Ref<String> key = realm_.Intern(method);
  const Completion function = self.object()->Get(key, self);
  if (!function.ok()) return Finish(function);
  if (!function.value().IsCallable()) {
    return Finish(
        realm_.Throw(ErrorKind::kTypeError,
                     std::string(key->view()) + " is not a function"));
  }
  return Finish(function.value().object()->Call(self, list.args()));
}

Results<GoRef, bool> Host::ValueInvoke(GoRef v, GoRefs args) {
  const Value function = refs_.Load(v);
  const ArgList list(refs_, args);
  if (!function.IsCallable()) {
    return Finish(
        realm_.Throw(ErrorKind::kTypeError, "value is not a function"));
  }
  return Finish(function.object()->Call(Value(), list.args()));
}

Results<GoRef, bool> Host::ValueNew(GoRef v, GoRefs args) {
  const Value function = refs_.Load(v);
  const ArgList list(refs_, args);
  if (!function.IsCallable()) {
    return Finish(
        realm_.Throw(ErrorKind::kTypeError, "value is not a constructor"));
  }
  return Finish(function.object()->Construct(list.args(), function.object()));
}

int64_t Host::ValueLength(GoRef v) {
  const Value object = refs_.Load(v);
  if (!object.IsObject()) return 0;
  if (const auto* array = As<Array>(object)) {
    return static_cast<int64_t>(array->elements().size());
  }
  const Value length =
      Unguarded(object.object()->Get(realm_.names().length, object));
  // parseInt(length), as wasm_exec.js does.
  if (length.IsNumber() && std::abs(length.number()) < 9007199254740992.0) {
    const auto whole = static_cast<int64_t>(length.number());
    if (static_cast<double>(whole) == length.number()) return whole;
  }
  const Value text = Unguarded(ToJsString(realm_, length));
  if (!text.IsString()) return 0;
  return ToInt64Saturated(ParseInt(text.string()->view(), 0));
}

Results<GoRef, int64_t> Host::ValuePrepareString(GoRef v) {
  // A string serves as it is where wasm_exec.js makes an array of its bytes:
  // Go gives the reference straight back to valueLoadString and drops it.
  const Value text = Unguarded(ToJsString(realm_, refs_.Load(v)));
  if (!text.IsString()) return {GoRef{0}, 0};
  const auto size = static_cast<int64_t>(text.string()->view().size());
  return {refs_.Store(text), size};
}

void Host::ValueLoadString(GoRef v, GoBytes bytes) {
  const Value text = refs_.Load(v);
  if (!text.IsString() || bytes.empty()) return;
  const std::string_view view = text.string()->view();
  std::memcpy(bytes.data(), view.data(), std::min(bytes.size(), view.size()));
}

bool Host::ValueInstanceOf(GoRef v, GoRef type) {
  const Value is =
      Unguarded(InstanceOf(realm_, refs_.Load(v), refs_.Load(type)));
  return is.IsBool() && is.boolean();
}

Results<int64_t, bool> Host::CopyBytesToGo(GoBytes dst, GoRef src) {
  const Value array = refs_.Load(src);
  std::span<uint8_t> bytes;
  if (!GetBytes(array, &bytes)) return {0, false};
  const size_t n = std::min(dst.size(), bytes.size());
  if (n > 0) std::memcpy(dst.data(), bytes.data(), n);
  return {static_cast<int64_t>(n), true};
}

Results<int64_t, bool> Host::CopyBytesToJS(GoRef dst, GoBytes src) {
  const Value array = refs_.Load(dst);
  std::span<uint8_t> bytes;
  if (!GetBytes(array, &bytes)) return {0, false};
  const size_t n = std::min(src.size(), bytes.size());
  if (n > 0) std::memcpy(bytes.data(), src.data(), n);
  return {static_cast<int64_t>(n), true};
}

}  // namespace goshawk::gojs
