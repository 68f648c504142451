// The parser's part for what operators work on: names, literals, and what is in
// parentheses.

#include "gojs/js/regexp/pattern.h"
#include "gojs/js/script/parser_state.h"

namespace goshawk::gojs::script {

NodeId Parser::Primary() {
  const Token token = token_;
  switch (token.kind) {
    case Tok::kNumber:
      Advance();
      script_->constants.push_back(Value(token.number));
      return Add(NodeKind::kConstant,
                 static_cast<uint32_t>(script_->constants.size() - 1));
    case Tok::kString:
      Advance();
      return Add(NodeKind::kConstant, AddText(token.text));
    case Tok::kTrue:
    case Tok::kFalse:
    case Tok::kNull:
      Advance();
      script_->constants.push_back(token.kind == Tok::kNull
                                       ? Value(Null{})
                                       : Value(token.kind == Tok::kTrue));
      return Add(NodeKind::kConstant,
                 static_cast<uint32_t>(script_->constants.size() - 1));
    case Tok::kName:
      Advance();
      if (token.text == "async" && Is(Tok::kFunction) &&
          !token_.after_newline) {
        FailUnsupported("an async function");
      }
      if (token.text == "arguments") {
        // An arrow function has those of the function around it.
        for (size_t i = functions_.size(); i-- > 0;) {
          functions_[i].code.uses_arguments = true;
          if (!functions_[i].code.arrow) break;
        }
      }
      return Add(NodeKind::kName, AddText(token.text));
    case Tok::kThis:
      Advance();
      return Add(NodeKind::kThis);
    case Tok::kFunction:
      return FunctionExpression();
    case Tok::kLeftParen:
      return Parenthesized();
    case Tok::kLeftBracket:
      return ArrayLiteral();
    case Tok::kLeftBrace:
      return ObjectLiteral();
    case Tok::kTemplatePart:
    case Tok::kTemplateEnd:
      return TemplateLiteral();
    case Tok::kDivide:
    case Tok::kDivideAssign:
      return RegExpLiteral();
    case Tok::kClass:
    case Tok::kSuper:
    case Tok::kImport:
      FailUnsupported("'" + token.text + "'");
      return 0;
    default:
      FailAt(token_);
      return 0;
  }
}

NodeId Parser::RegExpLiteral() {
  std::string flags;
  token_ = lexer_.RegExp(token_.begin, &flags);
  regexp::Pattern pattern;
  std::string error;
  if (Is(Tok::kInvalid)) {
    Fail(token_.text);
  } else if (!regexp::Compile(token_.text, flags, &pattern, &error)) {
    Fail(error);
  }
  if (failed_) return 0;
  const TextId source = AddText(token_.text);
  Advance();
  return Add(NodeKind::kRegExp, source, AddText(flags));
}

NodeId Parser::Parenthesized() {
  Advance();
  std::vector<NodeId> list;
  bool only_parameters = Is(Tok::kRightParen);
  while (!Is(Tok::kRightParen) && !failed_) {
    if (Accept(Tok::kEllipsis)) {
      only_parameters = true;
      list.push_back(Add(NodeKind::kSpread, Assignment()));
      break;
    }
    list.push_back(Assignment());
    if (!Accept(Tok::kComma)) break;
    if (Is(Tok::kRightParen)) only_parameters = true;
  }
  if (!Expect(Tok::kRightParen)) return 0;
  if (Is(Tok::kArrow) || only_parameters) {
    return Add(NodeKind::kParenthesized, AddList(list));
  }
  // A target in parentheses is still one, but nothing else that looks at what
  // is inside: (a, b) is one operand, (-1) ** 2 and (a?.b).c are fine.
  if (list.size() == 1) {
    const NodeKind kind = At(list[0]).kind;
    if (kind != NodeKind::kUnary && kind != NodeKind::kArray &&
        kind != NodeKind::kObject) {
      return list[0];
    }
  }
  return Add(NodeKind::kSequence, AddList(list));
}

NodeId Parser::TemplateLiteral() {
  std::vector<NodeId> list;
  for (;;) {
    const bool last = Is(Tok::kTemplateEnd);
    list.push_back(Add(NodeKind::kConstant, AddText(token_.text)));
    Advance();
    if (last || failed_) break;
    list.push_back(Expression());
    if (failed_) return 0;
    if (!Is(Tok::kRightBrace)) {
      FailAt(token_);
      return 0;
    }
    token_ = lexer_.NextTemplatePart();
    if (Is(Tok::kInvalid)) Fail(token_.text);
  }
  return Add(NodeKind::kTemplate, AddList(list));
}

NodeId Parser::ArrayLiteral() {
  Advance();
  std::vector<NodeId> list;
  while (!Is(Tok::kRightBracket) && !failed_) {
    if (Accept(Tok::kComma)) {
      list.push_back(0);
      continue;
    }
    const bool spread = Accept(Tok::kEllipsis);
    const NodeId element = Assignment();
    list.push_back(spread ? Add(NodeKind::kSpread, element) : element);
    if (!Is(Tok::kRightBracket)) Expect(Tok::kComma);
  }
  Expect(Tok::kRightBracket);
  return Add(NodeKind::kArray, AddList(list));
}

NodeId Parser::ObjectLiteral() {
  Advance();
  std::vector<NodeId> list;
  while (!Is(Tok::kRightBrace) && !failed_) {
    if (Accept(Tok::kEllipsis)) {
      list.push_back(Add(NodeKind::kSpread, Assignment()));
    } else {
      list.push_back(ObjectProperty());
    }
    if (!Is(Tok::kRightBrace)) Expect(Tok::kComma);
  }
  Expect(Tok::kRightBrace);
  return Add(NodeKind::kObject, AddList(list));
}

NodeId Parser::PropertyKey(bool* is_name) {
  const Token token = token_;
  *is_name = token.kind == Tok::kName;
  if (Accept(Tok::kLeftBracket)) {
    const NodeId key = Assignment();
    Expect(Tok::kRightBracket);
    return key;
  }
  if (token.kind == Tok::kNumber || token.kind == Tok::kString) {
    return Primary();
  }
  if (token.kind != Tok::kName && !token.IsKeyword()) {
    FailAt(token);
    return 0;
  }
  Advance();
  return Add(NodeKind::kConstant, AddText(token.text));
}

NodeId Parser::ObjectProperty() {
  const size_t begin = token_.begin;
  const Token first = token_;
  if (Is(Tok::kTimes)) FailUnsupported("a generator");
  bool is_name = false;
  NodeId key = PropertyKey(&is_name);
  if (failed_) return 0;
  auto kind = PropertyKind::kValue;
  const bool plain = Is(Tok::kComma) || Is(Tok::kRightBrace) ||
                     Is(Tok::kColon) || Is(Tok::kLeftParen) || Is(Tok::kAssign);
  if (is_name && !plain && (first.text == "get" || first.text == "set")) {
    kind = first.text == "get" ? PropertyKind::kGetter : PropertyKind::kSetter;
    key = PropertyKey(&is_name);
  } else if (is_name && !plain && first.text == "async") {
    FailUnsupported("an async function");
  }
  const auto add = [&](NodeId value) {
    return Add(NodeKind::kProperty, key, value, 0, 0,
               static_cast<uint8_t>(kind));
  };
  if (Is(Tok::kLeftParen)) {
    FunctionCode& code = functions_.emplace_back().code;
    if (At(key).kind == NodeKind::kConstant &&
        script_->constants[At(key).a].IsString()) {
      code.name = At(key).a;
    }
    code.method = true;
    return add(Add(NodeKind::kFunction, FunctionRest(begin)));
  }
  if (kind == PropertyKind::kValue && Accept(Tok::kColon)) {
    return add(Assignment());
  }
  if (kind == PropertyKind::kValue && is_name &&
      (Is(Tok::kComma) || Is(Tok::kRightBrace))) {
    return add(Add(NodeKind::kName, At(key).a));
  }
  FailAt(token_);
  return 0;
}

}  // namespace goshawk::gojs::script
