// The parser's part for statements and function bodies.

#include <algorithm>

#include "gojs/js/script/parser_state.h"

namespace goshawk::gojs::script {

void Parser::Semicolon() {
  if (Accept(Tok::kSemicolon) || failed_) return;
  if (Is(Tok::kRightBrace) || Is(Tok::kEnd) || token_.after_newline) return;
  FailAt(token_);
}

bool Parser::StartsLet() const {
  if (!IsWord("let")) return false;
  Lexer ahead = lexer_;
  const Tok next = ahead.Next().kind;
  return next == Tok::kName || next == Tok::kLeftBracket ||
         next == Tok::kLeftBrace;
}

void Parser::DeclareName(TextId name) {
  std::vector<TextId>& names = blocks_.back().names;
  const String* text = script_->Text(name);
  for (const TextId other : names) {
    if (script_->Text(other) == text) {
      return Fail("Identifier '" + std::string(text->view()) +
                  "' has already been declared");
    }
  }
  names.push_back(name);
}

void Parser::DeclareVariable(TextId name) {
  functions_.back().code.variables.push_back(name);
}

ListId Parser::EndBlock() {
  const ListId names = AddList(blocks_.back().names);
  blocks_.pop_back();
  return names;
}

NodeId Parser::Statement() {
  if (TooDeep()) return 0;
  switch (token_.kind) {
    case Tok::kLeftBrace:
      return Block();
    case Tok::kVar:
    case Tok::kConst: {
      const NodeId declaration = Declaration(false);
      Semicolon();
      return declaration;
    }
    case Tok::kFunction:
      return FunctionStatement();
    case Tok::kSemicolon:
      Advance();
      return Add(NodeKind::kEmpty);
    case Tok::kIf:
      return If();
    case Tok::kFor:
      return For();
    case Tok::kWhile: {
      Advance();
      Expect(Tok::kLeftParen);
      const NodeId condition = Expression();
      Expect(Tok::kRightParen);
      return Add(NodeKind::kWhile, condition, LoopBody());
    }
    case Tok::kDo: {
      Advance();
      const NodeId body = LoopBody();
      Expect(Tok::kWhile);
      Expect(Tok::kLeftParen);
      const NodeId condition = Expression();
      Expect(Tok::kRightParen);
      Accept(Tok::kSemicolon);
      return Add(NodeKind::kDoWhile, condition, body);
    }
    case Tok::kSwitch:
      return Switch();
    case Tok::kTry:
      return Try();
    case Tok::kReturn:
      return Return();
    case Tok::kThrow: {
      Advance();
      if (token_.after_newline) Fail("Illegal newline after throw");
      const NodeId value = Expression();
      Semicolon();
      return Add(NodeKind::kThrow, value);
    }
    case Tok::kBreak:
    case Tok::kContinue:
      return Jump();
    case Tok::kDebugger:
      Advance();
      Semicolon();
      return Add(NodeKind::kEmpty);
    case Tok::kWith:
      FailUnsupported("'with'");
      return 0;
    default:
      break;
  }
  if (StartsLet()) {
    const NodeId declaration = Declaration(false);
    Semicolon();
    return declaration;
  }
  const NodeId expression = Expression();
  if (failed_) return 0;
  if (Is(Tok::kColon) && At(expression).kind == NodeKind::kName) {
    return Labeled(At(expression).a);
  }
  Semicolon();
  return Add(NodeKind::kExpression, expression);
}

// From the colon behind the first label of a statement on.
NodeId Parser::Labeled(TextId first) {
  std::vector<TextId> names = {first};
  Advance();
  for (Lexer ahead = lexer_; Is(Tok::kName) && ahead.Next().kind == Tok::kColon;
       ahead = lexer_) {
    names.push_back(AddText(token_.text));
    Advance();
    Advance();
  }
  const bool of_loop = Is(Tok::kFor) || Is(Tok::kWhile) || Is(Tok::kDo);
  for (const TextId id : names) {
    const std::string name(script_->Text(id)->view());
    std::vector<FunctionScope::Label>& labels = functions_.back().labels;
    for (const FunctionScope::Label& other : labels) {
      if (other.name == name) {
        Fail("Label '" + name + "' has already been declared");
      }
    }
    labels.push_back({name, of_loop});
  }
  NodeId statement = Statement();
  for (; !names.empty(); names.pop_back()) {
    functions_.back().labels.pop_back();
    statement = Add(NodeKind::kLabeled, names.back(), statement, 0, 0, of_loop);
  }
  return statement;
}

// break or continue.
NodeId Parser::Jump() {
  const bool is_break = Is(Tok::kBreak);
  const FunctionScope& function = functions_.back();
  Advance();
  TextId target = 0;
  if (Is(Tok::kName) && !token_.after_newline) {
    const auto label =
        std::find_if(function.labels.begin(), function.labels.end(),
                     [this](const auto& l) { return l.name == token_.text; });
    if (label == function.labels.end()) {
      Fail("Undefined label '" + token_.text + "'");
    } else if (!is_break && !label->of_loop) {
      Fail("Illegal continue statement: '" + label->name +
           "' does not denote an iteration statement");
    }
    target = AddText(token_.text);
    Advance();
  } else if (function.loops == 0 && !(is_break && function.switches > 0)) {
    Fail(is_break ? "Illegal break statement"
                  : "Illegal continue statement: no surrounding iteration "
                    "statement");
  }
  Semicolon();
  return Add(is_break ? NodeKind::kBreak : NodeKind::kContinue, target);
}

// Of a loop: what follows may be `of` or `in`, so values need not be there,
// and the names are the loop's.
NodeId Parser::Declaration(bool of_loop) {
  const Tok kind = token_.kind;  // kName is let
  Advance();
  std::vector<NodeId> list;
  do {
    const TextId name = BindingName();
    if (failed_) return 0;
    NodeId value = 0;
    if (Accept(Tok::kAssign)) {
      value = Assignment(!of_loop);
    } else if (kind == Tok::kConst &&
               !(of_loop && (Is(Tok::kIn) || IsWord("of")))) {
      Fail("Missing initializer in const declaration");
    }
    if (kind == Tok::kVar) {
      DeclareVariable(name);
    } else {
      DeclareName(name);
    }
    list.push_back(AddOp(NodeKind::kDeclarator, kind, name, value));
  } while (Accept(Tok::kComma));
  return AddOp(NodeKind::kDeclare, kind, AddList(list));
}

NodeId Parser::FunctionStatement() {
  const size_t begin = token_.begin;
  Advance();
  if (Is(Tok::kTimes)) FailUnsupported("a generator");
  const TextId name = BindingName();
  if (failed_) return 0;
  std::vector<TextId>& names = blocks_.back().names;
  if (blocks_.back().of_function) {
    DeclareVariable(name);
  } else if (std::find(names.begin(), names.end(), name) == names.end()) {
    names.push_back(name);
  }
  functions_.emplace_back().code.name = name;
  return Add(NodeKind::kFunctionDeclaration, FunctionRest(begin));
}

NodeId Parser::Block() {
  if (!Expect(Tok::kLeftBrace)) return 0;
  blocks_.push_back({{}, false});
  return BlockRest();
}

NodeId Parser::BlockRest() {
  std::vector<NodeId> list;
  while (!Is(Tok::kRightBrace) && !Is(Tok::kEnd) && !failed_) {
    list.push_back(Statement());
  }
  Expect(Tok::kRightBrace);
  const ListId names = EndBlock();
  return Add(NodeKind::kBlock, AddList(list), names);
}

NodeId Parser::If() {
  Advance();
  Expect(Tok::kLeftParen);
  const NodeId condition = Expression();
  Expect(Tok::kRightParen);
  const NodeId then = Statement();
  const NodeId otherwise = Accept(Tok::kElse) ? Statement() : 0;
  return Add(NodeKind::kIf, condition, then, otherwise);
}

NodeId Parser::LoopBody() {
  ++functions_.back().loops;
  const NodeId body = Statement();
  --functions_.back().loops;
  return body;
}

NodeId Parser::ForEach(NodeId target) {
  const bool of = IsWord("of");
  Advance();
  const NodeId object = of ? Assignment() : Expression();
  Expect(Tok::kRightParen);
  const NodeId body = LoopBody();
  return Add(of ? NodeKind::kForOf : NodeKind::kForIn, target, object, body);
}

NodeId Parser::For() {
  Advance();
  if (IsWord("await")) FailUnsupported("'await'");
  Expect(Tok::kLeftParen);
  blocks_.push_back({{}, false});
  NodeId init = 0;
  const bool lexical = Is(Tok::kConst) || StartsLet();
  if (lexical || Is(Tok::kVar)) {
    init = Declaration(true);
    if (failed_) return 0;
    if (IsWord("of") || Is(Tok::kIn)) {
      const auto list = script_->List(At(init).a);
      if (list.size() != 1 || At(list[0]).b != 0) {
        Fail("Invalid left-hand side in for-loop");
        return 0;
      }
      const NodeId target = list[0];
      blocks_.pop_back();
      return ForEach(target);
    }
  } else if (!Is(Tok::kSemicolon)) {
    init = Expression(false);
    if (failed_) return 0;
    if (IsWord("of") || Is(Tok::kIn)) {
      if (!CheckTarget(init, "Invalid left-hand side in for-loop")) return 0;
      blocks_.pop_back();
      return ForEach(init);
    }
    init = Add(NodeKind::kExpression, init);
  }
  Expect(Tok::kSemicolon);
  const NodeId condition = Is(Tok::kSemicolon) ? 0 : Expression();
  Expect(Tok::kSemicolon);
  const NodeId update = Is(Tok::kRightParen) ? 0 : Expression();
  Expect(Tok::kRightParen);
  const NodeId body = LoopBody();
  const ListId names = EndBlock();
  const NodeId loop = Add(NodeKind::kFor, init, condition, update, body);
  return lexical ? Add(NodeKind::kBlock, AddList({loop}), names) : loop;
}

NodeId Parser::Switch() {
  Advance();
  Expect(Tok::kLeftParen);
  const NodeId value = Expression();
  Expect(Tok::kRightParen);
  Expect(Tok::kLeftBrace);
  blocks_.push_back({{}, false});
  ++functions_.back().switches;
  std::vector<NodeId> cases;
  bool has_default = false;
  while (!Is(Tok::kRightBrace) && !failed_) {
    NodeId test = 0;
    if (Accept(Tok::kDefault)) {
      if (has_default) Fail("More than one default clause in switch statement");
      has_default = true;
    } else if (Expect(Tok::kCase)) {
      test = Expression();
    }
    Expect(Tok::kColon);
    std::vector<NodeId> list;
    while (!Is(Tok::kCase) && !Is(Tok::kDefault) && !Is(Tok::kRightBrace) &&
           !failed_) {
      list.push_back(Statement());
    }
    cases.push_back(Add(NodeKind::kCase, test, AddList(list)));
  }
  Expect(Tok::kRightBrace);
  --functions_.back().switches;
  const ListId names = EndBlock();
  return Add(NodeKind::kSwitch, value, AddList(cases), names);
}

NodeId Parser::Try() {
  Advance();
  const NodeId block = Block();
  TextId name = 0;
  NodeId handler = 0;
  NodeId finally = 0;
  if (Accept(Tok::kCatch)) {
    if (Accept(Tok::kLeftParen)) {
      name = BindingName();
      Expect(Tok::kRightParen);
    }
    handler = Block();
  }
  if (Accept(Tok::kFinally)) finally = Block();
  if (handler == 0 && finally == 0) Fail("Missing catch or finally after try");
  return Add(NodeKind::kTry, block, name, handler, finally);
}

NodeId Parser::Return() {
  if (functions_.back().top) {
    Fail("Illegal return statement");
    return 0;
  }
  Advance();
  NodeId value = 0;
  if (!Is(Tok::kSemicolon) && !Is(Tok::kRightBrace) && !Is(Tok::kEnd) &&
      !token_.after_newline) {
    value = Expression();
  }
  Semicolon();
  return Add(NodeKind::kReturn, value);
}

uint32_t Parser::FunctionRest(size_t begin) {
  ParameterList();
  blocks_.emplace_back();
  const NodeId body = FunctionBody();
  functions_.back().code.body = body;
  return EndFunction(begin);
}

void Parser::ParameterList() {
  Expect(Tok::kLeftParen);
  while (!Is(Tok::kRightParen) && !failed_) {
    FunctionCode::Parameter parameter = {};
    parameter.rest = Accept(Tok::kEllipsis);
    parameter.name = BindingName();
    if (failed_) return;
    if (Accept(Tok::kAssign)) parameter.otherwise = Assignment();
    FunctionCode& code = functions_.back().code;
    const auto before = static_cast<int>(code.parameters.size());
    if (!parameter.rest && parameter.otherwise == 0 && code.length == before) {
      ++code.length;
    }
    code.parameters.push_back(parameter);
    if (parameter.rest && !Is(Tok::kRightParen)) {
      return Fail("Rest parameter must be last formal parameter");
    }
    if (!Is(Tok::kRightParen) && !Accept(Tok::kComma)) {
      return Fail("missing ) after formal parameters");
    }
  }
  Expect(Tok::kRightParen);
}

// Ends the block that the caller has begun.
NodeId Parser::FunctionBody() {
  Expect(Tok::kLeftBrace);
  return BlockRest();
}

uint32_t Parser::EndFunction(size_t begin) {
  FunctionCode& code = functions_.back().code;
  code.begin = begin;
  code.end = previous_end_;
  script_->functions.push_back(std::move(code));
  functions_.pop_back();
  return static_cast<uint32_t>(script_->functions.size() - 1);
}

}  // namespace goshawk::gojs::script
