#include "cli/table_text.hpp"

#include <gtest/gtest.h>

namespace mf::cli {
namespace {

using factory::Table;
using Items = std::vector<std::string>;

TEST(TableText, AlignsItsColumnsUnderTheirNames) {
  const Table table{{"run", "platform_run", "last"},
                    {{std::string("tr_1"), std::string("p"), std::string("x")},
                     {std::string("tr_234"), std::string("q"), std::string("yy")}}};
  EXPECT_EQ(table_text(table),
            "RUN     PLATFORM RUN  LAST\n"
            "tr_1    p             x\n"
            "tr_234  q             yy\n");
}

TEST(TableText, TellsEveryKindOfCell) {
  const Table table{{"a", "b", "c", "d", "e", "f", "g"},
                    {{true, std::int64_t{7}, 0.5, std::string(), Items{}, Items{"one"}, Items{"one", "two", "three"}}}};
  EXPECT_EQ(table_text(table),
            "A     B  C    D  E  F    G\n"
            "true  7  0.5  -  -  one  one +2\n");
}

TEST(TableText, EscapesWhatCouldDriveATerminal) {
  EXPECT_EQ(table_text({{"a"}, {{std::string("\x1b[2J\n")}}}), "A\n\\x1b[2J\\n\n");
}

}  // namespace
}  // namespace mf::cli
