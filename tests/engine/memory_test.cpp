#include "mf/engine/memory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mf/error.hpp"
#include "support/temporary_folder.hpp"

namespace mf::engine {
namespace {

constexpr std::uint64_t kMebibyte = 1 << 20;

/// What a system tells of itself, in a folder.
class MemoryLeft : public ::testing::Test {
 protected:
  MemoryLeft() {
    system.write("proc/meminfo", "MemTotal:  4096 kB\nMemFree: 1 kB\nMemAvailable:   2097152 kB\n");
    system.write("proc/self/status", "Name:\tmf\nVmSize:\t  102400 kB\nVmData:\t  51200 kB\n");
    limit("unlimited", "unlimited");
  }

  void limit(const std::string& address_space, const std::string& data) const {
    system.write("proc/self/limits",
                 "Limit                     Soft Limit           Hard Limit           Units     \n"
                 "Max data size             " +
                     data +
                     "            unlimited            bytes     \n"
                     "Max address space         " +
                     address_space + "   unlimited            bytes     \n");
  }

  void group(const std::string& path, const std::string& limit, const std::string& used,
             const std::string& cached) const {
    system.write("sys/fs/cgroup" + path + "/memory.max", limit + "\n");
    system.write("sys/fs/cgroup" + path + "/memory.current", used + "\n");
    system.write("sys/fs/cgroup" + path + "/memory.stat", "anon 7\ninactive_file " + cached + "\nactive_file 0\n");
  }

  [[nodiscard]] std::optional<std::uint64_t> left() const { return memory_left(system.path("")); }

  mf::testing::TemporaryFolder system;
};

TEST_F(MemoryLeft, IsWhatIsAvailable) { EXPECT_EQ(left(), 2048 * kMebibyte); }

TEST_F(MemoryLeft, IsBoundedByTheAddressSpace) {
  limit("1073741824", "unlimited");
  EXPECT_EQ(left(), (1024 - 100 - 128) * kMebibyte);
}

TEST_F(MemoryLeft, IsBoundedByTheDataSize) {
  limit("1073741824", "536870912");
  EXPECT_EQ(left(), (512 - 50 - 128) * kMebibyte);
}

TEST_F(MemoryLeft, IsNothingPastALimit) {
  limit("1024", "unlimited");
  EXPECT_EQ(left(), 0U);
}

TEST_F(MemoryLeft, IsBoundedByTheGroupAndThoseAboveIt) {
  system.write("proc/self/cgroup", "0::/jobs/one\n");
  group("/jobs/one", "max", "5", "5");
  group("/jobs", "1048576000", "104857600", "52428800");
  EXPECT_EQ(left(), 950 * kMebibyte);
  group("/jobs/one", "524288000", "104857600", "0");
  EXPECT_EQ(left(), 400 * kMebibyte);
}

TEST_F(MemoryLeft, IsBoundedByAGroupOfTheFirstVersion) {
  system.write("proc/self/cgroup", "12:cpu,cpuacct:/\n5:memory:/box\n");
  system.write("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "1048576000\n");
  system.write("sys/fs/cgroup/memory/box/memory.usage_in_bytes", "104857600\n");
  system.write("sys/fs/cgroup/memory/box/memory.stat",
               "cache 9\ntotal_inactive_file 52428800\ntotal_active_file 52428800\n");
  EXPECT_EQ(left(), 1000 * kMebibyte);
}

TEST(MemoryLeftNowhere, IsNotKnown) { EXPECT_FALSE(memory_left("/nowhere")); }

TEST(MemoryLeftHere, IsKnown) { EXPECT_GT(memory_left().value(), 0U); }

contracts::TrainingProfile trees() {
  contracts::TrainingProfile profile;
  profile.algorithm_id = "xgboost.gbtree";
  return profile;
}

TEST(MemoryToTrain, GrowsWithTheCodesOfCategories) {
  TrainingSize size{1'000'000, 0, 2, false, {0, 100}};
  const auto few = memory_to_train(size, trees());
  size.categories[1] = 60'000;
  EXPECT_GE(memory_to_train(size, trees()), few + 60'000'000);
}

TEST(MemoryToTrain, GrowsWithValuesAndMoreWhenSomeAreMissing) {
  const auto profile = trees();
  const TrainingSize small{1'000'000, 100'000, 30, false}, wide{1'000'000, 100'000, 60, false};
  TrainingSize holes = small;
  holes.has_missing = true;
  EXPECT_GE(memory_to_train(wide, profile), memory_to_train(small, profile) + 60'000'000);
  EXPECT_GE(memory_to_train(holes, profile), memory_to_train(small, profile) + 90'000'000);
}

TEST(RequireMemory, RefusesWithBothNumbersAndSaysWhatToDo) {
  EXPECT_NO_THROW(require_memory("train", 5, 5));
  EXPECT_NO_THROW(require_memory("train", 5, std::nullopt));
  try {
    require_memory("train on 7 rows", 2'000'000, 1'000'000);
    FAIL() << "nothing was refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::OUT_OF_MEMORY);
    EXPECT_EQ(error.message(), "to train on 7 rows takes about 2 MB of memory, and 1 MB are left");
    EXPECT_THAT(error.hint(), ::testing::HasSubstr("nothing was started"));
  }
}

TEST(MemoryToTrain, IsThatOfTheTreesAsTheyAreLimited) {
  const TrainingSize size{1'000'000, 0, 30, false};
  const auto bytes_of = [&](std::int64_t depth, std::int64_t leaves) {
    auto profile = trees();
    profile.algorithm.params = {{"max_depth", depth}, {"max_leaves", leaves}};
    return memory_to_train(size, profile);
  };
  EXPECT_EQ(bytes_of(0, 64), bytes_of(6, 0));
  EXPECT_EQ(bytes_of(12, 64), bytes_of(6, 0));
  EXPECT_EQ(bytes_of(6, 4096), bytes_of(6, 0));
  EXPECT_GT(bytes_of(0, 4096), bytes_of(0, 64));
}

}  // namespace
}  // namespace mf::engine
