#pragma once
// From materialisations to rows: parse, check and hash in one pass.
//
// Room: dataset (the only room that touches libcsv, zlib, libzstd and Apache Arrow).

#include <functional>
#include <string>
#include <vector>

#include "mf/contracts/dataset_materialization.hpp"
#include "mf/dataset/rows.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::dataset {

/// Told from time to time how many rows have been read, of how many.
using RowProgress = std::function<void(std::size_t rows, std::size_t of)>;

/// Throws unless files of the format that `of` declares can be read here: FORMAT_UNSUPPORTED.
void require_readable_format(const contracts::DatasetMaterialization& of);

/// Throws what read_rows would throw of the materialisations alone, before a file is opened: MATERIALIZATION_INVALID (a
/// role that training needs is missing or given twice; a type does not fit its role; the materialisations do not have
/// the same features, slices and optional roles, or a column's types do not mean the same), FORMAT_UNSUPPORTED.
void require_one_table(const std::vector<contracts::DatasetMaterialization>& materializations);

/// Reads every file of every materialisation, in the order given. CSV, plain or packed, is streamed once: the bytes
/// that are parsed are the bytes that are hashed (on a thread of its own), and parsed on `threads` more; rows and
/// refusals do not depend on how many. Of Parquet, which is not written in the order of its rows, a second thread
/// hashes the whole file while the columns that are needed are read out of it; the file is opened once, and one that
/// was written to meanwhile is refused. Memory: the rows themselves and, for each thread, a few blocks of 1 MiB with
/// their rows, of Parquet 256 KiB and a page for each column. A file that does not parse is hashed to its end first: if
/// its bytes are not those pinned, that is what is reported. Throws MATERIALIZATION_UNRESOLVED (a file is not there),
/// MATERIALIZATION_DIGEST_MISMATCH (its SHA-256 or size is not the one pinned), DATA_INVALID (header, a field's text, a
/// row's width or the row count do not fit; with file, line, column, and the text's shape, at the first such field),
/// DATA_EMPTY, REF_INVALID (a data file outside the store), and what require_one_table throws.
Rows read_rows(const store::ArtifactStore& store,
               const std::vector<contracts::DatasetMaterialization>& materializations, const RowProgress& progress = {},
               int threads = 1);

}  // namespace mf::dataset
