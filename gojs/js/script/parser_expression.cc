// The parser's part for operators, calls and functions.

#include "gojs/js/script/parser_state.h"

namespace goshawk::gojs::script {
namespace {

// How tightly a binary operator binds; 0 for what is none.
int Precedence(Tok kind, bool in) {
  switch (kind) {
    case Tok::kCoalesce:
      return 1;
    case Tok::kOr:
      return 2;
    case Tok::kAnd:
      return 3;
    case Tok::kBitOr:
      return 4;
    case Tok::kBitXor:
      return 5;
    case Tok::kBitAnd:
      return 6;
    case Tok::kEqual:
    case Tok::kUnequal:
    case Tok::kStrictEqual:
    case Tok::kStrictUnequal:
      return 7;
    case Tok::kIn:
      return in ? 8 : 0;
    case Tok::kLess:
    case Tok::kGreater:
    case Tok::kLessEqual:
    case Tok::kGreaterEqual:
    case Tok::kInstanceof:
      return 8;
    case Tok::kShiftLeft:
    case Tok::kShiftRight:
    case Tok::kUnsignedShift:
      return 9;
    case Tok::kPlus:
    case Tok::kMinus:
      return 10;
    case Tok::kTimes:
    case Tok::kDivide:
    case Tok::kRemainder:
      return 11;
    case Tok::kPower:
      return 12;
    default:
      return 0;
  }
}

bool IsLogical(Tok kind) {
  return kind == Tok::kCoalesce || kind == Tok::kOr || kind == Tok::kAnd;
}

bool IsAssignment(Tok kind) {
  switch (kind) {
    case Tok::kAssign:
    case Tok::kPlusAssign:
    case Tok::kMinusAssign:
    case Tok::kTimesAssign:
    case Tok::kDivideAssign:
    case Tok::kRemainderAssign:
    case Tok::kPowerAssign:
    case Tok::kShiftLeftAssign:
    case Tok::kShiftRightAssign:
    case Tok::kUnsignedShiftAssign:
    case Tok::kBitAndAssign:
    case Tok::kBitOrAssign:
    case Tok::kBitXorAssign:
    case Tok::kAndAssign:
    case Tok::kOrAssign:
    case Tok::kCoalesceAssign:
      return true;
    default:
      return false;
  }
}

}  // namespace

NodeId Parser::Expression(bool in) {
  const NodeId first = Assignment(in);
  if (!Is(Tok::kComma)) return first;
  std::vector<NodeId> list = {first};
  while (Accept(Tok::kComma)) list.push_back(Assignment(in));
  return Add(NodeKind::kSequence, AddList(list));
}

NodeId Parser::Assignment(bool in) {
  if (TooDeep()) return 0;
  const size_t begin = token_.begin;
  const NodeId left = Conditional(in);
  if (failed_) return 0;
  if (Is(Tok::kArrow) && !token_.after_newline) return Arrow(left, begin, in);
  if (At(left).kind == NodeKind::kParenthesized) {
    // Only the parameters of an arrow function look like this.
    FailAt(token_);
    return 0;
  }
  if (!IsAssignment(token_.kind)) return left;
  const Tok op = token_.kind;
  if (!CheckTarget(left, "Invalid left-hand side in assignment")) return 0;
  Advance();
  return AddOp(NodeKind::kAssign, op, left, Assignment(in));
}

bool Parser::CheckTarget(NodeId node, std::string_view message) {
  switch (At(node).kind) {
    case NodeKind::kName:
    case NodeKind::kMember:
    case NodeKind::kIndex:
      return true;
    case NodeKind::kArray:
    case NodeKind::kObject:
      FailUnsupported("destructuring");
      return false;
    default:
      Fail(message);
      return false;
  }
}

NodeId Parser::Conditional(bool in) {
  const NodeId condition = Binary(1, in);
  if (!Accept(Tok::kQuestion)) return condition;
  const NodeId then = Assignment(true);
  Expect(Tok::kColon);
  return Add(NodeKind::kConditional, condition, then, Assignment(in));
}

NodeId Parser::Binary(int precedence, bool in) {
  if (TooDeep()) return 0;
  NodeId left = Unary();
  for (;;) {
    const Tok op = token_.kind;
    const int p = Precedence(op, in);
    if (p < precedence || p == 0 || failed_) return left;
    if (At(left).kind == NodeKind::kParenthesized) return left;
    if (op == Tok::kPower && At(left).kind == NodeKind::kUnary) {
      Fail(
          "Unary operator used immediately before exponentiation expression. "
          "Parenthesis must be used to disambiguate operator precedence");
      return 0;
    }
    Advance();
    // ** groups from the right.
    const NodeId right = Binary(op == Tok::kPower ? p : p + 1, in);
    left = AddOp(IsLogical(op) ? NodeKind::kLogical : NodeKind::kBinary, op,
                 left, right);
  }
}

NodeId Parser::Unary() {
  if (TooDeep()) return 0;
  switch (token_.kind) {
    case Tok::kDelete:
    case Tok::kVoid:
    case Tok::kTypeof:
    case Tok::kPlus:
    case Tok::kMinus:
    case Tok::kBitNot:
    case Tok::kNot: {
      const Tok op = token_.kind;
      Advance();
      return AddOp(NodeKind::kUnary, op, Unary());
    }
    case Tok::kIncrement:
    case Tok::kDecrement: {
      const Tok op = token_.kind;
      Advance();
      const NodeId target = Unary();
      if (failed_ || !CheckTarget(target,
                                  "Invalid left-hand side expression in prefix "
                                  "operation")) {
        return 0;
      }
      return AddOp(NodeKind::kUpdate, op, target, 1);
    }
    default:
      return Postfix();
  }
}

NodeId Parser::Postfix() {
  const NodeId operand =
      Is(Tok::kNew) ? Chain(New(), true) : Chain(Primary(), true);
  if ((!Is(Tok::kIncrement) && !Is(Tok::kDecrement)) || token_.after_newline) {
    return operand;
  }
  const Tok op = token_.kind;
  if (!CheckTarget(operand,
                   "Invalid left-hand side expression in postfix operation")) {
    return 0;
  }
  Advance();
  return AddOp(NodeKind::kUpdate, op, operand, 0);
}

NodeId Parser::Chain(NodeId left, bool calls) {
  bool optional_chain = false;
  while (!failed_ && At(left).kind != NodeKind::kParenthesized) {
    uint8_t optional = 0;
    if (calls && Accept(Tok::kOptionalDot)) {
      optional = 1;
      optional_chain = true;
    }
    if (Is(Tok::kTemplatePart) || Is(Tok::kTemplateEnd)) {
      FailUnsupported("a tagged template");
    } else if (Accept(Tok::kLeftBracket)) {
      const NodeId key = Expression();
      Expect(Tok::kRightBracket);
      left = Add(NodeKind::kIndex, left, key, 0, 0, optional);
    } else if (calls && Is(Tok::kLeftParen)) {
      left = Add(NodeKind::kCall, left, Arguments(), 0, 0, optional);
    } else if (optional == 1 || Accept(Tok::kDot)) {
      if (!Is(Tok::kName) && !token_.IsKeyword()) {
        FailAt(token_);
        return 0;
      }
      left = Add(NodeKind::kMember, left, AddText(token_.text), 0, 0, optional);
      Advance();
    } else {
      break;
    }
  }
  return optional_chain ? Add(NodeKind::kOptionalChain, left) : left;
}

NodeId Parser::New() {
  if (TooDeep()) return 0;
  Advance();
  if (Is(Tok::kDot)) FailUnsupported("new.target");
  const NodeId constructor = Chain(Is(Tok::kNew) ? New() : Primary(), false);
  const ListId arguments = Is(Tok::kLeftParen) ? Arguments() : 0;
  return Add(NodeKind::kNew, constructor, arguments);
}

ListId Parser::Arguments() {
  Advance();
  std::vector<NodeId> list;
  while (!Is(Tok::kRightParen) && !failed_) {
    const bool spread = Accept(Tok::kEllipsis);
    NodeId argument = Assignment();
    if (spread) argument = Add(NodeKind::kSpread, argument);
    list.push_back(argument);
    if (failed_ || Accept(Tok::kComma)) continue;
    if (!Is(Tok::kRightParen)) Fail("missing ) after argument list");
  }
  Expect(Tok::kRightParen);
  return AddList(list);
}

NodeId Parser::FunctionExpression() {
  if (TooDeep()) return 0;
  const size_t begin = token_.begin;
  Advance();
  if (Is(Tok::kTimes)) FailUnsupported("a generator");
  TextId name = 0;
  if (!Is(Tok::kLeftParen)) name = BindingName();
  FunctionCode& code = functions_.emplace_back().code;
  code.name = name;
  code.is_expression = true;
  return Add(NodeKind::kFunction, FunctionRest(begin));
}

bool Parser::ArrowParameter(NodeId id) {
  const Node node = At(id);
  FunctionCode::Parameter parameter = {};
  FunctionCode& code = functions_.back().code;
  switch (node.kind) {
    case NodeKind::kName:
      parameter.name = node.a;
      if (code.length == static_cast<int>(code.parameters.size())) {
        ++code.length;
      }
      break;
    case NodeKind::kAssign:
      if (node.op != static_cast<uint8_t>(Tok::kAssign) ||
          At(node.a).kind != NodeKind::kName) {
        return false;
      }
      parameter.name = At(node.a).a;
      parameter.otherwise = node.b;
      break;
    case NodeKind::kSpread:
      if (At(node.a).kind != NodeKind::kName) return false;
      parameter.name = At(node.a).a;
      parameter.rest = true;
      break;
    default:
      return false;
  }
  code.parameters.push_back(parameter);
  return true;
}

NodeId Parser::Arrow(NodeId parameters, size_t begin, bool in) {
  FunctionCode& code = functions_.emplace_back().code;
  code.arrow = true;
  const Node node = At(parameters);
  bool valid = true;
  if (node.kind == NodeKind::kParenthesized) {
    const auto list = script_->List(node.a);
    const std::vector<NodeId> ids(list.begin(), list.end());
    for (const NodeId id : ids) valid = valid && ArrowParameter(id);
  } else {
    valid = node.kind == NodeKind::kName && ArrowParameter(parameters);
  }
  if (!valid) {
    Fail("Malformed arrow function parameter list");
    functions_.pop_back();
    return 0;
  }
  Advance();
  blocks_.emplace_back();
  if (Is(Tok::kLeftBrace)) {
    const NodeId body = FunctionBody();
    functions_.back().code.body = body;
  } else {
    const NodeId body = Assignment(in);
    functions_.back().code.body = body;
    blocks_.pop_back();
  }
  return Add(NodeKind::kFunction, EndFunction(begin));
}

}  // namespace goshawk::gojs::script
