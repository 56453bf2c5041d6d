#include "dataset/unpacked_blocks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include "dataset/hashed_blocks.hpp"
#include "mf/dataset/read_rows.hpp"
#include "mf/error.hpp"
#include "support/text_source.hpp"

namespace mf::dataset {
namespace {

using test_support::TextSource;
using ::testing::HasSubstr;

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string zstd(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  const auto context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  packed.resize(ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size()));
  ZSTD_freeCCtx(context);
  return packed;
}

/// Both ways of packing a text.
class UnpackedBlocks_ : public ::testing::TestWithParam<Packing> {
 protected:
  static std::string pack(const std::string& text) { return GetParam() == Packing::gzip ? gzip(text) : zstd(text); }

  static std::string unpack(const std::string& packed, std::size_t packed_block = 1 << 20,
                            std::size_t block = UnpackedBlocks::kBlockBytes) {
    TextSource source(packed);
    HashedBlocks blocks(source, packed_block);
    UnpackedBlocks unpacked(blocks, GetParam(), "cards", block);
    std::string text;
    for (auto piece = unpacked.next({}); !piece.empty(); piece = unpacked.next({})) text += piece;
    return text;
  }

  static std::string refusal(const std::string& packed) {
    try {
      unpack(packed);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::DATA_INVALID);
      return error.message();
    }
    return "(none)";
  }
};

std::string numbered_lines(int lines) {
  std::string text;
  for (int i = 0; i < lines; ++i) text += "line " + std::to_string(i * i) + "\n";
  return text;
}

TEST_P(UnpackedBlocks_, GiveTheTextWhateverTheSizeOfBlocks) {
  const std::string text = numbered_lines(2'000), packed = pack(text);
  for (const std::size_t of_packed : {1U, 7U, 4096U, 1U << 20U})
    for (const std::size_t of_text : {1U, 13U, 4096U, 1U << 20U}) EXPECT_EQ(unpack(packed, of_packed, of_text), text);
}

TEST_P(UnpackedBlocks_, PutTheCarryBeforeTheNextBytes) {
  TextSource source(pack("abcdef"));
  HashedBlocks blocks(source);
  UnpackedBlocks unpacked(blocks, GetParam(), "cards", 3);
  EXPECT_EQ(unpacked.next({}), "abc");
  EXPECT_EQ(unpacked.next("bc"), "bcdef");
  EXPECT_EQ(unpacked.next("f"), "f");
}

TEST_P(UnpackedBlocks_, JoinMembersThatFollowOneAnother) {
  EXPECT_EQ(unpack(pack("one\n") + pack("") + pack("two\n")), "one\ntwo\n");
}

TEST_P(UnpackedBlocks_, KnowTheEmptyText) { EXPECT_EQ(unpack(pack("")), ""); }

TEST_P(UnpackedBlocks_, RefuseAFileThatWasCutAnywhere) {
  const std::string packed = pack(numbered_lines(20));
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_THAT(refusal(packed.substr(0, size)), HasSubstr("cards: the file ends in the middle")) << size;
}

TEST_P(UnpackedBlocks_, RefuseABitThatFlippedInTheData) {
  const std::string packed = pack(numbered_lines(20));
  for (std::size_t place = 20; place < packed.size(); ++place) {
    std::string flipped = packed;
    flipped[place] = static_cast<char>(flipped[place] ^ 4);
    EXPECT_NE(refusal(flipped), "(none)") << place;
  }
}

TEST_P(UnpackedBlocks_, RefuseWhatFollowsTheLastMember) { EXPECT_NE(refusal(pack("text\n") + "more"), "(none)"); }

TEST_P(UnpackedBlocks_, RefuseWhatIsPackedInAnotherWay) {
  EXPECT_THAT(refusal("event_id,time\ne1,1\n"), HasSubstr("the file is not what"));
  EXPECT_THAT(refusal(GetParam() == Packing::gzip ? zstd("text") : gzip("text")), HasSubstr("the file is not what"));
}

INSTANTIATE_TEST_SUITE_P(EachPacking, UnpackedBlocks_, ::testing::Values(Packing::gzip, Packing::zstd));

/// A packed CSV file in a store, and the materialisation that pins it.
class PackedCsv : public ::testing::Test {
 protected:
  Rows read(const std::string& format, const std::string& bytes, std::int64_t rows) {
    contracts::DatasetMaterialization data;
    data.dataset_manifest_id = "dm_1";
    data.format = format;
    data.columns = {{"id", "int64", {"subject_key"}},
                    {"time", "epoch_s", {"event_time", "label_observed_time"}},
                    {"fraud", "bool", {"label"}},
                    {"score", "float32", {"feature"}}};
    data.row_count = rows;
    data.files = {{"cards", identity::sha256_hex(bytes), static_cast<std::int64_t>(bytes.size()), rows}};
    const auto store = store::open_memory();
    store->put_if_absent("cards", bytes);
    return read_rows(*store, {data});
  }

  static std::string cards(int rows) {
    std::string text = "id,time,fraud,score\n";
    for (int i = 0; i < rows; ++i) text += std::to_string(i) + ",1,0,0.5\n";
    return text;
  }
};

TEST_F(PackedCsv, IsReadAndPinnedByItsPackedBytes) {
  EXPECT_EQ(read("csv.gz", gzip(cards(3)), 3).size(), 3U);
  EXPECT_EQ(read("csv.zst", zstd(cards(3)), 3).size(), 3U);
}

TEST_F(PackedCsv, MayHoldMoreRowsThanBytes) {
  const std::string text = cards(0) + [] {
    std::string same;
    for (int i = 0; i < 20'000; ++i) same += "1,1,0,0\n";
    return same;
  }();
  EXPECT_LT(zstd(text).size(), 20'000U);
  EXPECT_EQ(read("csv.zst", zstd(text), 20'000).size(), 20'000U);
}

TEST_F(PackedCsv, IsLeftAsSoonAsItGivesMoreRowsThanItPromised) {
  EXPECT_THROW(read("csv.gz", gzip(cards(50'000)), 3), Error);
}

TEST_F(PackedCsv, IsRefusedWhenItIsNotPackedAsDeclared) {
  EXPECT_THROW(read("csv.gz", cards(3), 3), Error);
  EXPECT_THROW(read("csv", gzip(cards(3)), 3), Error);
}

}  // namespace
}  // namespace mf::dataset
