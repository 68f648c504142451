#include "gojs/ref_table.h"

#include <limits>
#include <utility>

#include "gojs/js/object.h"

namespace goshawk::gojs {

RefTable::RefTable(Realm& realm, Ref<Object> go) : realm_(realm) {
  slots_.resize(kFirstCounted);
  slots_[kNaN].value = Value(std::numeric_limits<double>::quiet_NaN());
  slots_[kZero].value = Value(0);
  slots_[kNull].value = Value(Null{});
  slots_[kTrue].value = Value(true);
  slots_[kFalse].value = Value(false);
  slots_[kGlobal].value = Value(&realm.global());
  slots_[kGo].value = Value(std::move(go));
  slots_[kGlobal].value.cell()->set_go_id(kGlobal);
  slots_[kGo].value.cell()->set_go_id(kGo);
}

RefTable::~RefTable() {
  for (Slot& slot : slots_) {
    if (slot.value.HasCell()) slot.value.cell()->set_go_id(0);
  }
}

GoRef RefTable::Hold(const Value& value) {
  Value held = value;
  TypeFlag flag = kSymbol;
  if (value.IsString()) {
    held = Value(realm_.Intern(value.string()));
    flag = kString;
  } else if (value.IsObject()) {
    flag = value.object()->callable() ? kFunction : kObject;
  }
  Cell* cell = held.cell();
  uint32_t id = cell->go_id();
  if (id == 0) {
    if (free_.empty()) {
      id = static_cast<uint32_t>(slots_.size());
      slots_.emplace_back();
    } else {
      id = free_.back();
      free_.pop_back();
    }
    cell->set_go_id(id);
    slots_[id] = {std::move(held), 0};
  }
  if (id >= kFirstCounted) ++slots_[id].count;
  return Make(flag, id);
}

void RefTable::Release(GoRef ref) {
  const auto id = static_cast<uint32_t>(ref);
  if (id < kFirstCounted || id >= slots_.size() || slots_[id].count == 0) {
    return;
  }
  if (--slots_[id].count > 0) return;
  // The value goes last: its destructor may run for long, not into this table.
  const Value dropped = std::exchange(slots_[id].value, Value());
  dropped.cell()->set_go_id(0);
  free_.push_back(id);
}

}  // namespace goshawk::gojs
