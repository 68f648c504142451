#include "gojs/js/realm.h"

#include <iterator>

#include "gojs/js/error.h"
#include "gojs/js/function.h"

namespace goshawk::gojs {

void Cell::Destroy(Cell* cell) {
  switch (cell->kind_) {
    case Kind::kString:
      static_cast<String*>(cell)->Destroy();
      break;
    case Kind::kSymbol:
      delete static_cast<Symbol*>(cell);
      break;
    case Kind::kObject: {
      auto* object = static_cast<Object*>(cell);
      object->realm().Bury(object);
      break;
    }
  }
}

Realm::Names::Names(StringTable& strings)
    :
#define NAME(identifier) identifier(strings.Intern(#identifier)),
#include "gojs/js/names.def"
#undef NAME
      this_(strings.Intern("this")) {
}

Realm::Symbols::Symbols() {
#define SYMBOL(identifier) \
  identifier = Symbol::New(String::New("Symbol." #identifier));
#include "gojs/js/symbols.def"
#undef SYMBOL
}

Symbol* Realm::Symbols::Find(std::string_view name) const {
#define SYMBOL(identifier) \
  if (name == #identifier) return identifier.get();
#include "gojs/js/symbols.def"
#undef SYMBOL
  return nullptr;
}

Realm::Realm(Members globals, Environment* environment)
    : names_(strings_), environment_(environment) {
  global_ = New<Object>();
  global_->Declare(globals);
}

Realm::~Realm() {
  collecting_ = true;
  ticks_.clear();
  microtasks_.clear();
  rejections_.clear();
  // Cycles are cut by making every object drop what it holds. Each of them is
  // pinned meanwhile, so that none is deleted before the walk is over.
  std::vector<Object*> all;
  all.reserve(object_count_);
  Object* o = objects_;
  for (size_t i = 0; i < object_count_; ++i, o = o->next_) {
    o->AddRef();
    all.push_back(o);
  }
  classes_.clear();
  global_ = {};
  for (Object* object : all) object->Clear();
  for (Object* object : all) delete object;
}

void Realm::Link(Object* object) {
  ++object_count_;
  if (objects_ == nullptr) {
    objects_ = object->next_ = object->previous_ = object;
    return;
  }
  object->next_ = objects_;
  object->previous_ = objects_->previous_;
  object->previous_->next_ = object;
  objects_->previous_ = object;
}

void Realm::Unlink(Object* object) {
  --object_count_;
  if (objects_ == object) objects_ = object->next_;
  if (objects_ == object) objects_ = nullptr;
  object->next_->previous_ = object->previous_;
  object->previous_->next_ = object->next_;
}

void Realm::Bury(Object* object) {
  if (burying_) {
    dying_.push_back(object);
    return;
  }
  burying_ = true;
  delete object;
  while (!dying_.empty()) {
    Object* next = dying_.back();
    dying_.pop_back();
    delete next;
  }
  burying_ = false;
}

Ref<Object> Realm::Prototype(const ClassInfo& info) {
  const auto it = classes_.find(&info);
  if (it != classes_.end()) return it->second.prototype;
  Ref<Object> prototype;
  if (info.parent != nullptr) {
    prototype = New<Object>(Object::kClass, Prototype(*info.parent));
  } else if (&info == &Object::kClass) {
    prototype = New<Object>(info, nullptr);
  }
  if (prototype) prototype->Declare(info.members);
  classes_[&info].prototype = prototype;
  // It knows its constructor.
  if (info.construct != nullptr || info.call != nullptr) Constructor(info);
  return prototype;
}

Ref<Object> Realm::Constructor(const ClassInfo& info) {
  const Ref<Object> prototype = Prototype(info);
  Ref<Object> made = classes_[&info].constructor;
  if (made) return made;
  const Ref<Object> constructor = New<ConstructorFunction>(info);
  classes_[&info].constructor = constructor;
  constructor->Define(names_.prototype, Value(prototype), 0);
  if (prototype) {
    prototype->Define(names_.constructor, Value(constructor),
                      kWritable | kConfigurable);
  }
  return constructor;
}

Completion Realm::ThrowTooDeep() {
  return Throw(ErrorKind::kRangeError, "Maximum call stack size exceeded");
}

Ref<Object> Realm::NewError(ErrorKind kind, std::string_view message,
                            std::string_view code) {
  const Ref<Object> error = New<Object>(ErrorClass(kind));
  constexpr uint8_t kHidden = kWritable | kConfigurable;
  error->Define(names_.message, Value(String::New(message)), kHidden);
  if (!code.empty()) error->Define(names_.code, Value(Intern(code)));
  return error;
}

}  // namespace goshawk::gojs
