#include "gojs/js/collector.h"

#include <algorithm>

#include "gojs/js/object.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {

void Tracer::Visit(Object* object) {
  if (phase_ == Phase::kCount) {
    --object->outer_refs_;
  } else if (!object->marked_) {
    object->marked_ = true;
    found_.push_back(object);
  }
}

void Realm::Collect() {
  if (collecting_ || objects_ == nullptr) return;
  collecting_ = true;
  const auto for_each = [this](auto&& function) {
    Object* o = objects_;
    for (size_t i = 0; i < object_count_; ++i, o = o->next_) function(o);
  };

  Tracer tracer;
  for_each([](Object* o) {
    o->outer_refs_ = o->refs();
    o->marked_ = false;
  });
  for_each([&](Object* o) { o->Trace(tracer); });
  tracer.phase_ = Tracer::Phase::kMark;
  for_each([&](Object* o) {
    // What nobody refers to yet is being made or unmade right now.
    if (o->outer_refs_ > 0 || o->refs() == 0) tracer.Visit(o);
  });
  while (!tracer.found_.empty()) {
    const Object* o = tracer.found_.back();
    tracer.found_.pop_back();
    o->Trace(tracer);
  }

  std::vector<Ref<Object>> garbage;
  for_each([&](Object* o) {
    if (!o->marked_) garbage.push_back(o);
  });
  for (const Ref<Object>& object : garbage) object->Clear();
  garbage.clear();
  collect_at_ = std::max(kFirstCollection, object_count_ * 2);
  pressure_ = 0;
  collecting_ = false;
}

}  // namespace goshawk::gojs
