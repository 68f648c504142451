// A guest that a test embeds: loaded in this process, with its output caught.

#ifndef GOSHAWK_TESTS_PROGRAM_EMBEDDED_H_
#define GOSHAWK_TESTS_PROGRAM_EMBEDDED_H_

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fs/streams.h"
#include "gojs/program.h"
#include "interp/decoder.h"
#include "tests/guests/guests.h"

namespace goshawk::program_test {

class Embedded {
 public:
  // Reads a module; says why not as a failure of the test.
  explicit Embedded(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(file), {});
    absl::StatusOr<interp::Module> module = interp::Decode(bytes_);
    EXPECT_TRUE(module.ok()) << path << ": " << module.status();
    if (module.ok()) module_ = *std::move(module);
    options.standard_output = fs::NewOutputStream(&out);
    options.standard_error = fs::NewOutputStream(&err);
  }
  Embedded(std::string_view guest, const guests::Toolchain& toolchain)
      : Embedded(guests::Path(guest, toolchain)) {}

  absl::Status Load() {
    absl::StatusOr<std::unique_ptr<gojs::Program>> loaded =
        gojs::Program::Load(module_, std::move(options));
    if (!loaded.ok()) return loaded.status();
    program_ = *std::move(loaded);
    return absl::OkStatus();
  }
  // REQUIRES: Load() was OK.
  gojs::Program* operator->() { return program_.get(); }
  gojs::Program& operator*() { return *program_; }

  gojs::ProgramOptions options;  // to be changed before Load()
  std::string out, err;

 private:
  std::vector<uint8_t> bytes_;
  interp::Module module_;
  std::unique_ptr<gojs::Program> program_;
};

}  // namespace goshawk::program_test

#endif  // GOSHAWK_TESTS_PROGRAM_EMBEDDED_H_
