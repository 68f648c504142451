#include "gojs/js/string.h"

#include <cstring>
#include <new>

namespace goshawk::gojs {
namespace {

constexpr size_t kFirstBuckets = 512;

// Names are short: loads of a fixed size that overlap, instead of calls of
// memcpy and memcmp.
template <typename Word>
uint64_t Load(const char* from) {
  Word word;
  std::memcpy(&word, from, sizeof(word));
  return word;
}

// REQUIRES: 0 < size <= 8. Different for different bytes of one size.
uint64_t LoadUpTo8(const char* p, size_t size) {
  if (size >= 4) return Load<uint32_t>(p) << 32 | Load<uint32_t>(p + size - 4);
  return Load<uint8_t>(p) << 16 | Load<uint8_t>(p + size / 2) << 8 |
         Load<uint8_t>(p + size - 1);
}

// The multiplication spreads bytes over the upper half.
uint32_t Hash(std::string_view bytes) {
  constexpr uint64_t kPrime = 0x9e3779b97f4a7c15;
  const size_t size = bytes.size();
  uint64_t hash = size * kPrime;
  uint64_t last = 0;
  if (size > 8) {
    const char* p = bytes.data();
    for (const char* end = p + size - 8; p < end; p += 8) {
      hash = (hash ^ Load<uint64_t>(p)) * kPrime;
      hash ^= hash >> 32;
    }
    last = Load<uint64_t>(bytes.data() + size - 8);
  } else if (size > 0) {
    last = LoadUpTo8(bytes.data(), size);
  }
  hash = (hash ^ last) * kPrime;
  return static_cast<uint32_t>(hash >> 32);
}

bool Equal(std::string_view a, std::string_view b) {
  const size_t size = a.size();
  if (size != b.size()) return false;
  if (size > 16) return std::memcmp(a.data(), b.data(), size) == 0;
  if (size > 8) {
    return Load<uint64_t>(a.data()) == Load<uint64_t>(b.data()) &&
           Load<uint64_t>(a.data() + size - 8) ==
               Load<uint64_t>(b.data() + size - 8);
  }
  return size == 0 || LoadUpTo8(a.data(), size) == LoadUpTo8(b.data(), size);
}

uint32_t ParseIndex(std::string_view bytes) {
  if (bytes.empty() || bytes.size() > 10) return String::kNoIndex;
  if (bytes[0] == '0') return bytes.size() == 1 ? 0 : String::kNoIndex;
  uint64_t value = 0;
  for (const char c : bytes) {
    if (c < '0' || c > '9') return String::kNoIndex;
    value = value * 10 + (c - '0');
  }
  return value < String::kNoIndex ? static_cast<uint32_t>(value)
                                  : String::kNoIndex;
}

}  // namespace

String* String::Allocate(std::string_view bytes) {
  void* place = ::operator new(sizeof(String) + bytes.size());
  auto* string = new (place) String(static_cast<uint32_t>(bytes.size()));
  if (!bytes.empty()) {
    std::memcpy(static_cast<void*>(string + 1), bytes.data(), bytes.size());
  }
  return string;
}

Ref<String> String::New(std::string_view bytes) { return Allocate(bytes); }

void String::Destroy() {
  if (table_ != nullptr) table_->Remove(this);
  this->~String();
  ::operator delete(this);
}

Ref<Symbol> Symbol::New(Ref<String> description) {
  return new Symbol(std::move(description));
}

StringTable::StringTable()
    : buckets_(new String*[kFirstBuckets]()), mask_(kFirstBuckets - 1) {}

StringTable::~StringTable() {
  for (size_t i = 0; i <= mask_; ++i) {
    for (String* s = buckets_[i]; s != nullptr; s = s->next_) {
      s->table_ = nullptr;
    }
  }
}

String* StringTable::Find(std::string_view bytes, uint32_t hash) const {
  for (String* s = buckets_[hash & mask_]; s != nullptr; s = s->next_) {
    if (s->hash_ == hash && Equal(s->view(), bytes)) return s;
  }
  return nullptr;
}

void StringTable::Insert(String* string, uint32_t hash) {
  if (size_ > mask_) Grow();
  string->hash_ = hash;
  string->table_ = this;
  string->index_ = ParseIndex(string->view());
  string->next_ = buckets_[hash & mask_];
  buckets_[hash & mask_] = string;
  ++size_;
}

Ref<String> StringTable::Intern(std::string_view bytes) {
  const uint32_t hash = Hash(bytes);
  if (String* found = Find(bytes, hash)) return found;
  String* string = String::Allocate(bytes);
  Insert(string, hash);
  return string;
}

Ref<String> StringTable::Intern(String* string) {
  if (string->interned()) return string;
  const uint32_t hash = Hash(string->view());
  if (String* found = Find(string->view(), hash)) return found;
  Insert(string, hash);
  return string;
}

void StringTable::Remove(String* string) {
  String** link = &buckets_[string->hash_ & mask_];
  while (*link != string) link = &(*link)->next_;
  *link = string->next_;
  --size_;
}

void StringTable::Grow() {
  const size_t mask = mask_ * 2 + 1;
  std::unique_ptr<String*[]> buckets(new String*[mask + 1]());
  for (size_t i = 0; i <= mask_; ++i) {
    for (String* s = buckets_[i]; s != nullptr;) {
      String* next = s->next_;
      s->next_ = buckets[s->hash_ & mask];
      buckets[s->hash_ & mask] = s;
      s = next;
    }
  }
  buckets_ = std::move(buckets);
  mask_ = mask;
}

}  // namespace goshawk::gojs
