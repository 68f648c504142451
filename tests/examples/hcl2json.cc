// An example of a Go program as a library: npm's @cdktf/hcl2json, Terraform's
// own parser compiled with Go 1.18, prints Terraform files as JSON.
//
//   hcl2json main.wasm file.tf...
//
// The program expects an object of this name to put its functions into. They
// answer through a callback, as Node's do: callback(error, result).

#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "gojs/program.h"
#include "interp/decoder.h"

namespace gojs = goshawk::gojs;
namespace interp = goshawk::interp;

namespace {

constexpr char kRoot[] = "__parse_terraform_config_wasm__";

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(path + " cannot be read");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

absl::StatusOr<std::string> Convert(gojs::Program& program,
                                    const std::string& name,
                                    const std::string& text) {
  std::optional<absl::StatusOr<std::string>> answer;
  const auto callback = [&answer](const gojs::Value& error,
                                  std::string result) {
    if (error.IsString()) {
      answer = absl::InvalidArgumentError(std::string(error.string()->view()));
    } else {
      answer = std::move(result);
    }
  };
  absl::Status status =
      program.Call<void>(std::string(kRoot) + ".parse", name, text, callback);
  if (!status.ok()) return status;
  status = program.RunUntil([&answer] { return answer.has_value(); });
  if (!status.ok()) return status;
  if (!answer.has_value()) return absl::InternalError("no answer");
  return *std::move(answer);
}

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "hcl2json: %s\n", status.ToString().c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: hcl2json main.wasm file.tf...\n");
    return 2;
  }
  const absl::StatusOr<std::string> file = ReadFile(argv[1]);
  if (!file.ok()) return Fail(file.status());
  const std::vector<uint8_t> bytes(file->begin(), file->end());
  absl::StatusOr<interp::Module> module = interp::Decode(bytes);
  if (!module.ok()) return Fail(module.status());
  absl::StatusOr<std::unique_ptr<gojs::Program>> loaded =
      gojs::Program::Load(*module, {});
  if (!loaded.ok()) return Fail(loaded.status());
  gojs::Program& program = **loaded;

  absl::Status status = program.Define(kRoot, program.realm().NewObject());
  if (status.ok()) status = program.Start();
  if (!status.ok()) return Fail(status);
  for (int i = 2; i < argc; ++i) {
    const absl::StatusOr<std::string> text = ReadFile(argv[i]);
    if (!text.ok()) return Fail(text.status());
    const absl::StatusOr<std::string> json = Convert(program, argv[i], *text);
    std::printf("%s\n", json.ok()
                            ? json->c_str()
                            : std::string(json.status().message()).c_str());
  }
  return 0;
}
