#include "tests/examples/terraform.h"

#include <random>

namespace goshawk::examples {
namespace {

class Writer {
 public:
  explicit Writer(uint32_t seed) : random_(seed) {}

  std::string Write() {
    const int blocks = 1 + Pick(6);
    for (int i = 0; i < blocks; ++i) TopLevel(i);
    return text_;
  }

 private:
  int Pick(int n) {
    return static_cast<int>(random_() % static_cast<unsigned>(n));
  }

  void Line(const std::string& line) {
    text_ += std::string(static_cast<size_t>(indent_) * 2, ' ') + line + "\n";
  }

  std::string Name() {
    static const char* const kNames[] = {"web",    "db",   "größe", "a-b",
                                         "x_1",    "main", "tags",  "size",
                                         "Policy", "id"};
    return kNames[Pick(10)];
  }

  std::string Text() {
    static const char* const kTexts[] = {"plain",
                                         "",
                                         "${var.web}-suffix",
                                         "a\\\"b\\\\c",
                                         "tab\\tnew\\n",
                                         "Grüße, 世界",
                                         "%{ if true }yes%{ endif }",
                                         "$${literal}",
                                         "\\u00e9",
                                         "${upper(\"x\")}"};
    return std::string("\"") + kTexts[Pick(10)] + "\"";
  }

  std::string Expression(int depth) {
    const int kind = Pick(depth <= 0 ? 6 : 15);
    switch (kind) {
      case 0:
        return std::to_string(Pick(1000000));
      case 1:
        return "-" + std::to_string(Pick(100)) + "." +
               std::to_string(Pick(100));
      case 2:
        return Pick(2) ? "true" : "false";
      case 3:
        return "null";
      case 4:
        return Text();
      case 5:
        return "var." + Name();
      case 6:
        return "[" + Expression(depth - 1) + ", " + Expression(depth - 1) + "]";
      case 7:
        return "{ " + std::string("k") + std::to_string(Pick(9)) + " = " +
               Expression(depth - 1) +
               ", (var.web) = " + Expression(depth - 1) + " }";
      case 8:
        return "(" + Expression(depth - 1) + " + " + Expression(depth - 1) +
               ")";
      case 9:
        return "var.web ? " + Expression(depth - 1) + " : " +
               Expression(depth - 1);
      case 10:
        return "max(" + Expression(depth - 1) + ", 3)";
      case 11:
        return "[for k, v in var.tags : \"${k}=${v}\" if v != " +
               Expression(depth - 1) + "]";
      case 12:
        return "{ for s in var.list : s => " + Expression(depth - 1) + "... }";
      case 13:
        return "aws_instance.web[*].id";
      default:
        return "data.x.y[" + std::to_string(Pick(5)) + "].z";
    }
  }

  void Attribute(const std::string& name) {
    if (Pick(8) == 0) {
      Line(name + " = <<" + (Pick(2) ? "-" : "") + "EOT");
      Line("  some text ${var.web}");
      Line("    indented \"quotes\"");
      text_ += "EOT\n";
      return;
    }
    Line(name + " = " + Expression(3));
  }

  void Body(int depth) {
    ++indent_;
    const int count = Pick(5);
    for (int i = 0; i < count; ++i) {
      if (Pick(5) == 0) Line("# a comment");
      if (Pick(9) == 0) Line("// another");
      if (depth > 0 && Pick(4) == 0) {
        Line(Pick(2) ? "inner {"
                     : "named \"label" + std::to_string(i) + "\" {");
        Body(depth - 1);
        Line("}");
      } else {
        Attribute("attr" + std::to_string(i));
      }
    }
    --indent_;
  }

  void TopLevel(int number) {
    const std::string name = "\"" + Name() + std::to_string(number) + "\"";
    switch (Pick(6)) {
      case 0:
        Line("variable " + name + " {");
        break;
      case 1:
        Line("output " + name + " {");
        break;
      case 2:
        Line("locals {");
        break;
      case 3:
        Line("module " + name + " {");
        break;
      case 4:
        Line("data \"aws_ami\" " + name + " {");
        break;
      default:
        Line("resource \"aws_instance\" " + name + " {");
    }
    Body(2);
    Line("}");
  }

  std::mt19937 random_;
  std::string text_;
  int indent_ = 0;
};

}  // namespace

std::string RandomTerraform(uint32_t seed) { return Writer(seed).Write(); }

}  // namespace goshawk::examples
