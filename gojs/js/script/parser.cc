#include "gojs/js/script/parser.h"

#include "gojs/js/script/parser_state.h"

namespace goshawk::gojs::script {

std::shared_ptr<const Script> Parse(Realm& realm, std::string_view source,
                                    std::string* error, bool* too_deep) {
  Parser parser(realm, source);
  parser.ParseTop();
  *too_deep = parser.too_deep();
  *error = parser.error();
  if (parser.failed()) return nullptr;
  return parser.Take();
}

Parser::Parser(Realm& realm, std::string_view source)
    : realm_(realm), lexer_(source) {
  script_->source = source;
  lexer_ = Lexer(script_->source);
  Advance();
}

void Parser::ParseTop() {
  functions_.emplace_back().top = true;
  blocks_.emplace_back();
  std::vector<NodeId> list;
  while (!Is(Tok::kEnd) && !failed_) list.push_back(Statement());
  const ListId names = EndBlock();
  functions_.back().code.body = Add(NodeKind::kBlock, AddList(list), names);
  script_->top = std::move(functions_.back().code);
  functions_.pop_back();
}

void Parser::Advance() {
  if (failed_) return;
  previous_end_ = token_.end;
  token_ = lexer_.Next();
  if (token_.kind == Tok::kInvalid) Fail(token_.text);
}

void Parser::Fail(std::string_view message) {
  if (failed_) return;
  failed_ = true;
  error_ = message;
  token_.kind = Tok::kInvalid;
}

void Parser::FailAt(const Token& token) {
  switch (token.kind) {
    case Tok::kEnd:
      return Fail("Unexpected end of input");
    case Tok::kNumber:
      return Fail("Unexpected number");
    case Tok::kString:
      return Fail("Unexpected string");
    case Tok::kTemplatePart:
    case Tok::kTemplateEnd:
      return Fail("Unexpected template string");
    case Tok::kName:
      return Fail("Unexpected identifier '" + token.text + "'");
    default:
      return Fail("Unexpected token '" + token.text + "'");
  }
}

void Parser::FailUnsupported(std::string_view what) {
  Fail(std::string(what) + " is not supported");
}

bool Parser::TooDeep() {
  if (failed_) return true;
  if (!realm_.native_stack().IsLow()) return false;
  too_deep_ = true;
  Fail("Maximum call stack size exceeded");
  return true;
}

bool Parser::Accept(Tok kind) {
  if (!Is(kind)) return false;
  Advance();
  return true;
}

bool Parser::Expect(Tok kind) {
  if (Accept(kind)) return true;
  if (!failed_) FailAt(token_);
  return false;
}

NodeId Parser::Add(NodeKind kind, uint32_t a, uint32_t b, uint32_t c,
                   uint32_t d, uint8_t op) {
  script_->nodes.push_back({kind, op, a, b, c, d});
  return static_cast<NodeId>(script_->nodes.size() - 1);
}

NodeId Parser::AddOp(NodeKind kind, Tok op, uint32_t a, uint32_t b) {
  return Add(kind, a, b, 0, 0, static_cast<uint8_t>(op));
}

ListId Parser::AddList(const std::vector<uint32_t>& list) {
  if (list.empty()) return 0;
  const auto id = static_cast<ListId>(script_->lists.size());
  script_->lists.push_back(static_cast<uint32_t>(list.size()));
  script_->lists.insert(script_->lists.end(), list.begin(), list.end());
  return id;
}

TextId Parser::AddText(std::string_view text) {
  script_->constants.push_back(Value(realm_.Intern(text)));
  return static_cast<TextId>(script_->constants.size() - 1);
}

TextId Parser::BindingName() {
  if (Is(Tok::kLeftBrace) || Is(Tok::kLeftBracket)) {
    FailUnsupported("destructuring");
    return 0;
  }
  if (!Is(Tok::kName)) {
    FailAt(token_);
    return 0;
  }
  const TextId name = AddText(token_.text);
  Advance();
  return name;
}

}  // namespace goshawk::gojs::script
