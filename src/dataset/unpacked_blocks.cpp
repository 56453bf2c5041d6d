#include "dataset/unpacked_blocks.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "mf/error.hpp"

namespace mf::dataset {
namespace {

[[noreturn]] void refuse_memory() { throw Error(Code::OUT_OF_MEMORY, "there is no memory to unpack a file"); }

uInt bounded(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

class GzipUnpacker : public Unpacker {
 public:
  GzipUnpacker() {
    constexpr int kGzipOnly = MAX_WBITS + 16;
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) refuse_memory();
  }
  ~GzipUnpacker() override { inflateEnd(&stream_); }
  GzipUnpacker(const GzipUnpacker&) = delete;
  GzipUnpacker& operator=(const GzipUnpacker&) = delete;

  bool unpack(std::string_view packed, std::span<char> room, Step& step) override {
    // zlib's fields are not const, but it does not write there.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = bounded(packed.size());
    stream_.next_out = reinterpret_cast<Bytef*>(room.data());
    stream_.avail_out = bounded(room.size());
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_MEM_ERROR) refuse_memory();
    step.taken = bounded(packed.size()) - stream_.avail_in;
    step.given = bounded(room.size()) - stream_.avail_out;
    step.complete = status == Z_STREAM_END;
    if (step.complete && inflateReset(&stream_) != Z_OK) return false;
    return status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR;
  }

 private:
  z_stream stream_{};
};

class ZstdUnpacker : public Unpacker {
 public:
  ZstdUnpacker() : stream_(ZSTD_createDStream(), &ZSTD_freeDStream) {
    if (!stream_) refuse_memory();
  }

  bool unpack(std::string_view packed, std::span<char> room, Step& step) override {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    ZSTD_outBuffer out{room.data(), room.size(), 0};
    const std::size_t left = ZSTD_decompressStream(stream_.get(), &out, &in);
    step = {in.pos, out.pos, left == 0};
    return ZSTD_isError(left) == 0;
  }

 private:
  std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> stream_;
};

const char* name_of(Packing packing) { return packing == Packing::gzip ? "gzip" : "zstd"; }

}  // namespace

std::optional<Packing> packing_of(std::string_view format) {
  if (format == "csv.gz") return Packing::gzip;
  if (format == "csv.zst") return Packing::zstd;
  return {};
}

std::unique_ptr<Unpacker> new_unpacker(Packing packing) {
  if (packing == Packing::gzip) return std::make_unique<GzipUnpacker>();
  return std::make_unique<ZstdUnpacker>();
}

UnpackedBlocks::UnpackedBlocks(Blocks& packed, Packing packing, std::string name, std::size_t block_bytes)
    : packed_(packed),
      packing_(packing),
      name_(std::move(name)),
      block_bytes_(block_bytes),
      unpacker_(new_unpacker(packing)) {}

std::string_view UnpackedBlocks::next(std::string_view carry) {
  std::shared_ptr<char[]> block(new char[carry.size() + block_bytes_]);
  std::copy(carry.begin(), carry.end(), block.get());
  const std::size_t fresh = fill({block.get() + carry.size(), block_bytes_});
  block_ = std::move(block);
  return {block_.get(), carry.size() + fresh};
}

/// Fills `room` unless the text ends first.
std::size_t UnpackedBlocks::fill(std::span<char> room) {
  std::size_t filled = 0;
  while (filled < room.size()) {
    const bool more = !rest_.empty() || refill();
    if (!more && !inside_) break;
    Unpacker::Step step;
    if (!unpacker_->unpack(rest_, room.subspan(filled), step))
      refuse("the file is not what " + std::string(name_of(packing_)) + " writes");
    // Text may be left in the unpacker when the packed bytes are all used up; only when nothing comes any more they
    // end.
    if (!more && step.given == 0 && !step.complete)
      refuse("the file ends in the middle of its " + std::string(name_of(packing_)) + " data");
    rest_.remove_prefix(step.taken);
    filled += step.given;
    inside_ = !step.complete;
  }
  return filled;
}

bool UnpackedBlocks::refill() {
  rest_ = packed_.next({});
  return !rest_.empty();
}

void UnpackedBlocks::refuse(const std::string& what) const {
  throw Error(Code::DATA_INVALID, name_ + ": " + what, {{"ref", name_}},
              "Pack the file anew, or declare the format that it has, then pin it as a new dataset.");
}

}  // namespace mf::dataset
