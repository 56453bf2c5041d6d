#pragma once
// Marks of files and folders beneath one folder (mf/store/artifact_store.hpp): device, inode, size and times.

#include <string>
#include <vector>

#include "mf/store/artifact_store.hpp"

namespace mf::store {

/// A mark for each of `paths` beneath the folder `root`. Quickest where paths of the same folder follow one another,
/// and the folder itself comes after them. No mark is given for what changed in the last two seconds: it could
/// change again unseen, where the file system tells times in steps.
std::vector<Mark> marks_beneath(int root, const std::vector<std::string>& paths);

}  // namespace mf::store
