// An example of a C++ object in a Go program: a shelf whose methods the
// program's goroutines call.
//
//   shelf library.wasm            (tests/guests/library.go)
//
// lib.count(object, n) starts n goroutines, each of which calls object.add(i)
// after some time; when all are done, one calls object.done(sum).

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

#include "gojs/js/bind.h"
#include "gojs/program.h"
#include "interp/decoder.h"

namespace gojs = goshawk::gojs;
namespace interp = goshawk::interp;

namespace {

// A class for JavaScript is a class derived from Object with a table of
// members.
class Shelf final : public gojs::Object {
 public:
  static const gojs::ClassInfo kClass;
  explicit Shelf(gojs::Realm& realm) : Object(realm, kClass) {}

  double Add(double weight) {
    ++books_;
    return weight_ += weight;
  }
  void Done(double weight) { total_ = weight; }
  int books() { return books_; }
  double total() const { return total_; }

 private:
  int books_ = 0;
  double weight_ = 0;
  double total_ = 0;
};

constexpr gojs::Member kMembers[] = {
    gojs::Method<&Shelf::Add>("add"),
    gojs::Method<&Shelf::Done>("done"),
    gojs::Getter<&Shelf::books>("books"),
};
const gojs::ClassInfo Shelf::kClass = {
    .name = "Shelf", .parent = &gojs::Object::kClass, .members = kMembers};

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "shelf: %s\n", status.ToString().c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: shelf library.wasm\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::vector<uint8_t> bytes((std::istreambuf_iterator<char>(file)), {});
  absl::StatusOr<interp::Module> module = interp::Decode(bytes);
  if (!module.ok()) return Fail(module.status());
  auto loaded = gojs::Program::Load(*module, {});
  if (!loaded.ok()) return Fail(loaded.status());
  gojs::Program& program = **loaded;
  absl::Status status = program.Start();
  if (!status.ok()) return Fail(status);

  const gojs::Ref<Shelf> shelf = program.realm().New<Shelf>();
  status = program.Call<void>("lib.count", shelf, 100);
  if (!status.ok()) return Fail(status);
  status = program.RunUntil([&shelf] { return shelf->total() != 0; });
  if (!status.ok()) return Fail(status);
  std::printf("%d books weigh %g\n", shelf->books(), shelf->total());
  return 0;
}
