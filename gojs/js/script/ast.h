// A syntax tree: nodes in one vector, each naming its parts by number. A tree
// is made once by the parser and never changes; functions share it.

#ifndef GOSHAWK_GOJS_JS_SCRIPT_AST_H_
#define GOSHAWK_GOJS_JS_SCRIPT_AST_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gojs/js/value.h"

namespace goshawk::gojs::script {

enum class NodeKind : uint8_t {
#define NODE(name, operands) k##name,
#include "gojs/js/script/node.def"
#undef NODE
};

enum class PropertyKind : uint8_t { kValue, kGetter, kSetter };

// A number of a node, a list or a constant; 0 is none.
using NodeId = uint32_t;
using ListId = uint32_t;
using TextId = uint32_t;

struct Node {
  NodeKind kind;
  uint8_t op = 0;
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t c = 0;
  uint32_t d = 0;
};

struct FunctionCode {
  struct Parameter {
    TextId name;
    NodeId otherwise;  // what it is if it would be undefined
    bool rest;
  };
  TextId name = 0;
  std::vector<Parameter> parameters;
  int length = 0;  // parameters before the first one that need not be given
  std::vector<TextId> variables;  // declared with var
  NodeId body = 0;  // kBlock, or the expression of an arrow function
  bool arrow = false;
  bool method = false;         // neither is a constructor
  bool is_expression = false;  // a named one knows itself
  bool uses_arguments = false;
  // Where it is in the source.
  size_t begin = 0;
  size_t end = 0;
};

struct Script {
  std::string source;
  std::vector<Node> nodes = {{NodeKind::kEmpty}};
  std::vector<uint32_t> lists = {0};  // each with its size before it
  std::vector<Value> constants = {Value()};
  std::vector<FunctionCode> functions;

  // What the text itself is: a function without parameters.
  FunctionCode top;

  std::span<const uint32_t> List(ListId id) const {
    return {lists.data() + id + 1, lists[id]};
  }
  String* Text(TextId id) const { return constants[id].string(); }
};

}  // namespace goshawk::gojs::script

#endif  // GOSHAWK_GOJS_JS_SCRIPT_AST_H_
