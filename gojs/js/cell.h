// What lives on a program's JavaScript heap: strings, symbols and objects, each
// a Cell with an intrusive reference count, and Ref<T>, the pointer that keeps
// one alive.
//
// A cell belongs to one Realm, hence to one program and one thread, so counts
// are plain integers. Objects that hold each other are freed from time to time
// (collector.h).
//
// A cell also carries the number by which the Go program knows it, so that
// handing the same object to Go again needs no look-up (see ref_table.h).

#ifndef GOSHAWK_GOJS_JS_CELL_H_
#define GOSHAWK_GOJS_JS_CELL_H_

#include <cstdint>
#include <utility>

namespace goshawk::gojs {

class Cell {
 public:
  enum class Kind : uint8_t { kString, kSymbol, kObject };

  Cell(const Cell&) = delete;
  Cell& operator=(const Cell&) = delete;

  Kind kind() const { return kind_; }

  void AddRef() { ++refs_; }
  void Release() {
    if (--refs_ == 0) Destroy(this);
  }

  uint32_t refs() const { return refs_; }

  // The id under which Go holds this cell; 0 if it does not.
  uint32_t go_id() const { return go_id_; }
  void set_go_id(uint32_t id) { go_id_ = id; }

 protected:
  explicit Cell(Kind kind) : kind_(kind) {}
  ~Cell() = default;

 private:
  static void Destroy(Cell* cell);

  uint32_t refs_ = 0;
  uint32_t go_id_ = 0;
  const Kind kind_;
};

// Owns one reference to a T, or nothing.
template <typename T>
class Ref {
 public:
  Ref() = default;
  Ref(T* cell) : cell_(cell) {  // NOLINT: implicit, like a raw pointer
    if (cell_ != nullptr) cell_->AddRef();
  }
  Ref(const Ref& other) : Ref(other.cell_) {}
  Ref(Ref&& other) noexcept : cell_(std::exchange(other.cell_, nullptr)) {}
  template <typename U>
  Ref(const Ref<U>& other) : Ref(other.get()) {}  // NOLINT: upcast
  template <typename U>
  Ref(Ref<U>&& other) : cell_(other.Leak()) {}  // NOLINT: upcast
  Ref& operator=(Ref other) noexcept {
    std::swap(cell_, other.cell_);
    return *this;
  }
  ~Ref() {
    if (cell_ != nullptr) cell_->Release();
  }

  T* get() const { return cell_; }
  T* operator->() const { return cell_; }
  T& operator*() const { return *cell_; }
  explicit operator bool() const { return cell_ != nullptr; }

  // Gives the reference away; the caller must see to Release().
  T* Leak() { return std::exchange(cell_, nullptr); }

 private:
  T* cell_ = nullptr;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_CELL_H_
