#include "gojs/start_block.h"

#include <string_view>

#include "absl/strings/str_cat.h"

namespace goshawk::gojs {

absl::StatusOr<StartBlock> MakeStartBlock(
    const std::vector<std::string>& args,
    const std::map<std::string, std::string>& env) {
  StartBlock block;
  std::vector<uint64_t> pointers;
  bool has_nul = false;
  const auto add = [&](std::string_view text) {
    has_nul = has_nul || text.find('\0') != std::string_view::npos;
    pointers.push_back(StartBlock::kAddress + block.bytes.size());
    block.bytes.insert(block.bytes.end(), text.begin(), text.end());
    // The NUL, and up to a multiple of 8.
    block.bytes.resize((block.bytes.size() + 8) / 8 * 8);
  };
  for (const std::string& arg : args) add(arg);
  pointers.push_back(0);
  // The map is sorted by key, as wasm_exec.js sorts them.
  for (const auto& [key, value] : env) add(absl::StrCat(key, "=", value));
  pointers.push_back(0);
  if (has_nul) {
    return absl::InvalidArgumentError(
        "an argument or environment variable holds a NUL");
  }

  block.argc = static_cast<uint32_t>(args.size());
  block.argv = static_cast<uint32_t>(StartBlock::kAddress + block.bytes.size());
  for (const uint64_t pointer : pointers) {
    for (int shift = 0; shift < 64; shift += 8) {
      block.bytes.push_back(static_cast<uint8_t>(pointer >> shift));
    }
  }
  constexpr size_t kRoom = StartBlock::kEnd - StartBlock::kAddress - 1;
  if (block.bytes.size() > kRoom) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "arguments and environment take ", block.bytes.size(),
        " bytes, more than the ", kRoom, " that Go leaves for them"));
  }
  return block;
}

}  // namespace goshawk::gojs
