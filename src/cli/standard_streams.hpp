#pragma once
// The process's own streams and signals, made safe for what follows.
//
// Room: cli.

#include <string>

namespace mf::cli {

/// The result could not be written to stdout: a status of its own, for there is no way left to say more.
inline constexpr int kResultNotWritten = 74;

/// Call first. A full disk and a closed pipe become errors of the write instead of ending the process, and a stream
/// that was closed by the caller stays closed: no file opened later may take its number and be written over.
void guard_streams();

/// Writes `result` to stdout, without secrets. Returns whether all of it arrived.
bool write_result(const std::string& result);

/// Writes `notice` to stderr, without secrets; what cannot be written is lost.
void write_notice(const std::string& notice);

}  // namespace mf::cli
