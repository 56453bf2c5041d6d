#include "factory/rebuild_store.hpp"

#include <gtest/gtest.h>

#include "support/failures.hpp"

namespace mf::factory {
namespace {

namespace layout = store::layout;

class RebuildStoreTest : public ::testing::Test {
 protected:
  layout::RunPlace run_{"platform", "tr_1"};
  std::string own_ = layout::execution_record(run_);
  std::unique_ptr<store::ArtifactStore> inputs_ = store::open_memory();
  std::unique_ptr<store::ArtifactStore> rebuilt_ = store::open_memory();
  RebuildStore store_{*inputs_, *rebuilt_, run_};
};

TEST_F(RebuildStoreTest, ReadsTheInputs) {
  inputs_->put_if_absent("rows/a.csv", "rows");
  EXPECT_EQ(store_.find("rows/a.csv", 10), "rows");
  EXPECT_EQ(store_.size_of("rows/a.csv"), 4U);
  EXPECT_EQ(store_.open_random("rows/a.csv")->size(), 4U);
  EXPECT_TRUE(store_.open("rows/a.csv"));
  EXPECT_EQ(store_.list("rows").size(), 1U);
}

TEST_F(RebuildStoreTest, SeesNothingOfTheRunAsItWas) {
  inputs_->put_if_absent(own_, "as recorded");
  EXPECT_EQ(store_.find(own_, 100), std::nullopt);
  EXPECT_EQ(store_.size_of(own_), std::nullopt);
  EXPECT_FALSE(store_.open(own_));
  EXPECT_FALSE(store_.open_random(own_));
  EXPECT_TRUE(store_.list(layout::run_folder(run_)).empty());
  EXPECT_TRUE(store_.list(layout::ledger(run_)).empty());
}

TEST_F(RebuildStoreTest, PutsWhatIsRebuiltElsewhere) {
  inputs_->put_if_absent(own_, "as recorded");
  EXPECT_EQ(store_.put_if_absent(own_, "as rebuilt"), store::ArtifactStore::Put::created);
  EXPECT_EQ(store_.copy_if_absent(own_, *store::access_to("others")), store::ArtifactStore::Put::conflict);
  EXPECT_EQ(store_.find(own_, 100), "as rebuilt");
  EXPECT_EQ(rebuilt_->find(own_), "as rebuilt");
  EXPECT_EQ(inputs_->find(own_), "as recorded");
}

TEST_F(RebuildStoreTest, PutsNothingAmongTheInputs) {
  EXPECT_CODE(store_.put_if_absent("rows/a.csv", "rows"), Code::INTERNAL);
  EXPECT_CODE(store_.copy_if_absent("rows/a.csv", *store::access_to("rows")), Code::INTERNAL);
  EXPECT_CODE(store_.put_if_absent(layout::run_folder({"platform", "tr_10"}) + "/a", "x"), Code::INTERNAL);
  EXPECT_EQ(inputs_->find("rows/a.csv"), std::nullopt);
}

}  // namespace
}  // namespace mf::factory
