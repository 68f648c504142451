#include "gojs/node/list_globals.h"

#include <algorithm>
#include <unordered_map>

#include "gojs/js/convert.h"

namespace goshawk::gojs {
namespace {

class Lister {
 public:
  explicit Lister(Realm& realm) : realm_(realm) {
    seen_[&realm.global()] = "globalThis";
  }

  // The members of an object. Those that it inherits from a class of its own,
  // as `fs` does, count as well.
  void List(Object& object, const std::string& path, int depth) {
    ListOwn(object, path, depth);
    if (object.callable() || path.ends_with("prototype")) return;
    const Ref<Object> plain = realm_.Prototype(Object::kClass);
    Object* parent = object.prototype();
    if (parent != nullptr && parent != plain.get() && !seen_.contains(parent)) {
      ListOwn(*parent, path, depth);
    }
  }

  std::vector<std::string> Take() {
    std::sort(lines_.begin(), lines_.end());
    return std::move(lines_);
  }

 private:
  void ListOwn(Object& object, const std::string& path, int depth) {
    for (const Value& key : object.OwnKeys(false)) {
      std::string name = ToPlainString(key);
      // What every function has.
      if (object.callable() && (name == "length" || name == "name")) continue;
      if (name == "constructor") continue;
      if (key.IsSymbol()) {
        name = '[' + std::string(key.symbol()->description()->view()) + ']';
      }
      std::string full = path;
      if (!key.IsSymbol() && !path.empty()) full += '.';
      full += name;
      const Property* p = object.properties().Find(Key(key.cell()));
      if (p != nullptr && p->kind == Property::Kind::kMember &&
          p->member->kind == Member::Kind::kAccessor) {
        lines_.push_back(full + " accessor");
        continue;
      }
      const Completion value = object.Get(Key(key.cell()));
      if (value.ok()) Line(value.value(), full, depth);
    }
  }

  void Line(const Value& value, const std::string& path, int depth) {
    std::string line = path + ' ' + std::string(TypeOf(value));
    Object* object = value.AsObject();
    if (object == nullptr) {
      lines_.push_back(line);
      return;
    }
    const auto [known, is_new] = seen_.emplace(object, path);
    if (!is_new) {
      lines_.push_back(path + " alias of " + known->second);
      return;
    }
    if (object->callable()) {
      const Completion length = object->Get(realm_.names().length);
      if (length.ok()) line += ' ' + ToPlainString(length.value());
    }
    lines_.push_back(line);
    constexpr int kDepth = 4;
    if (depth < kDepth) List(*object, path, depth + 1);
  }

  Realm& realm_;
  std::unordered_map<const Object*, std::string> seen_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> ListGlobals(Realm& realm) {
  Lister lister(realm);
  lister.List(realm.global(), "", 0);
  return lister.Take();
}

}  // namespace goshawk::gojs
