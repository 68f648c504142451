// The parser itself: one token of look-ahead. After an error every method
// returns at once with no node, for the current token is then invalid.

#ifndef GOSHAWK_GOJS_JS_SCRIPT_PARSER_STATE_H_
#define GOSHAWK_GOJS_JS_SCRIPT_PARSER_STATE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gojs/js/realm.h"
#include "gojs/js/script/ast.h"
#include "gojs/js/script/token.h"

namespace goshawk::gojs::script {

class Parser {
 public:
  Parser(Realm& realm, std::string_view source);

  void ParseTop();

  Script& script() { return *script_; }
  std::shared_ptr<Script> Take() { return std::move(script_); }
  const std::string& error() const { return error_; }
  bool failed() const { return failed_; }
  bool too_deep() const { return too_deep_; }

 private:
  // What is known of the function, or the block, that is being parsed.
  struct FunctionScope {
    FunctionCode code;
    bool top = false;
    int loops = 0;
    int switches = 0;
    // Of the statements around, innermost last.
    struct Label {
      std::string name;
      bool of_loop;
    };
    std::vector<Label> labels;
  };
  struct BlockScope {
    std::vector<TextId> names;  // let, const, functions of inner blocks
    bool of_function = true;
  };

  // parser.cc
  void Advance();
  void Fail(std::string_view message);
  void FailAt(const Token& token);
  void FailUnsupported(std::string_view what);
  bool TooDeep();
  bool Is(Tok kind) const { return token_.kind == kind; }
  bool IsWord(std::string_view word) const {
    return Is(Tok::kName) && token_.text == word && !token_.escaped;
  }
  bool Accept(Tok kind);
  bool Expect(Tok kind);
  NodeId Add(NodeKind kind, uint32_t a = 0, uint32_t b = 0, uint32_t c = 0,
             uint32_t d = 0, uint8_t op = 0);
  NodeId AddOp(NodeKind kind, Tok op, uint32_t a = 0, uint32_t b = 0);
  ListId AddList(const std::vector<uint32_t>& list);
  TextId AddText(std::string_view text);
  const Node& At(NodeId id) const { return script_->nodes[id]; }
  TextId BindingName();

  // parser_expression.cc
  NodeId Expression(bool in = true);
  NodeId Assignment(bool in = true);
  NodeId Conditional(bool in);
  NodeId Binary(int precedence, bool in);
  NodeId Unary();
  NodeId Postfix();
  NodeId Chain(NodeId left, bool calls);
  NodeId New();
  NodeId Primary();
  NodeId Parenthesized();
  NodeId RegExpLiteral();
  NodeId TemplateLiteral();
  NodeId ArrayLiteral();
  NodeId ObjectLiteral();
  NodeId ObjectProperty();
  NodeId PropertyKey(bool* is_name);
  ListId Arguments();
  NodeId FunctionExpression();
  NodeId Arrow(NodeId parameters, size_t begin, bool in);
  bool ArrowParameter(NodeId node);
  bool CheckTarget(NodeId node, std::string_view message);

  // parser_statement.cc
  NodeId Statement();
  NodeId Declaration(bool of_loop);
  NodeId FunctionStatement();
  NodeId Block();
  NodeId BlockRest();  // after its {, of the block begun last
  NodeId If();
  NodeId For();
  NodeId ForEach(NodeId target);
  NodeId LoopBody();
  NodeId Labeled(TextId first);
  NodeId Jump();
  NodeId Switch();
  NodeId Try();
  NodeId Return();
  void Semicolon();
  bool StartsLet() const;
  void DeclareName(TextId name);
  void DeclareVariable(TextId name);
  ListId EndBlock();

  // A function from its ( on; what is known is in functions_.back().
  uint32_t FunctionRest(size_t begin);
  void ParameterList();
  NodeId FunctionBody();
  uint32_t EndFunction(size_t begin);

  Realm& realm_;
  std::shared_ptr<Script> script_ = std::make_shared<Script>();
  Lexer lexer_;
  Token token_;
  size_t previous_end_ = 0;
  std::string error_;
  bool failed_ = false;
  bool too_deep_ = false;
  std::vector<FunctionScope> functions_;
  std::vector<BlockScope> blocks_;
};

}  // namespace goshawk::gojs::script

#endif  // GOSHAWK_GOJS_JS_SCRIPT_PARSER_STATE_H_
