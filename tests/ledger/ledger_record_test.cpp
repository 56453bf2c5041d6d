#include "ledger/ledger_record.hpp"

#include <gtest/gtest.h>

#include "support/failures.hpp"

namespace mf::ledger {
namespace {

TEST(LedgerRecord, IsWhatWasKept) {
  const auto store = store::open_memory();
  store->put_if_absent("mf/runs/a.json", "{}");
  EXPECT_EQ(find_record(*store, "mf/runs/a.json"), "{}");
  EXPECT_FALSE(find_record(*store, "mf/runs/b.json"));
}

TEST(LedgerRecord, TooLargeToBeOneIsDamage) {
  const auto store = store::open_memory();
  store->put_if_absent("mf/runs/a.json", std::string(store::ArtifactStore::kDocumentLimit + 1, ' '));
  EXPECT_CODE(find_record(*store, "mf/runs/a.json"), Code::LEDGER_INVALID);
}

}  // namespace
}  // namespace mf::ledger
