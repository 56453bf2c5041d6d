#include "mf/ledger/submission.hpp"

#include <algorithm>

#include "ledger/ledger_record.hpp"
#include "mf/contracts/document.hpp"
#include "mf/error.hpp"
#include "mf/identity/ref.hpp"
#include "mf/ledger/run_log.hpp"

namespace mf::ledger {
namespace {

using contracts::RequestAlias;
using contracts::RunAnchor;
using contracts::TrainBuildRequest;
using Put = store::ArtifactStore::Put;

void bind_request_id(store::ArtifactStore& store, const TrainBuildRequest& request, const std::string& run_key) {
  RequestAlias alias;
  alias.request_id = request.request_id;
  alias.run_key = run_key;
  alias.platform_run_id = request.platform_run_id;
  const std::string key = store::layout::request_alias(request.request_id);
  if (store.put_if_absent(key, contracts::write(alias)) != Put::conflict) return;
  const auto standing = contracts::read_json<RequestAlias>(find_record(store, key).value_or(""), key);
  throw Error(Code::REQUEST_ID_PAYLOAD_MISMATCH,
              "request_id " + request.request_id + " already stands for run " + standing.run_key +
                  ", this request means " + run_key,
              {{"request_id", request.request_id}, {"run", standing.run_key}, {"requested_run", run_key}});
}

void anchor(store::ArtifactStore& store, const TrainBuildRequest& request, const contracts::RequestIdentity& identity) {
  RunAnchor anchor;
  anchor.run_key = identity.run_id;
  anchor.train_run_key = identity.train_run_key;
  anchor.platform_run_id = request.platform_run_id;
  const std::string key = store::layout::run_anchor(identity.run_id);
  if (store.put_if_absent(key, contracts::write(anchor)) == Put::conflict)
    throw Error(Code::LEDGER_INVALID, key + " names another run than its own", {{"key", key}});
}

Detail detail_of(const TrainBuildRequest& request, const contracts::RequestIdentity& identity, const Attribution& by) {
  Detail detail{{"request_id", request.request_id},
                {"request_payload_hash", identity.request_payload_hash},
                {"intent_kind", request.intent_kind},
                {"requester_principal", request.requester_principal},
                {"publish_allowed", request.publish_allowed ? "true" : "false"}};
  attribute(detail, by);
  return detail;
}

bool has_seen(const RunState& state, const TrainBuildRequest& request, const std::string& payload_hash) {
  for (std::size_t i = 0; i < state.request_ids.size(); ++i)
    if (state.request_ids[i] == request.request_id && state.payload_hashes[i] == payload_hash) return true;
  return false;
}

}  // namespace

Submitted submit(store::ArtifactStore& store, const Clock& clock, const TrainBuildRequest& request,
                 const Attribution& by) {
  const auto identity = contracts::identity_of(request);
  bind_request_id(store, request, identity.run_id);
  anchor(store, request, identity);

  RunLog log(store, clock, {request.platform_run_id, identity.run_id});
  Submitted submitted{Submission::repeat, log.place(), identity, log.read()};
  Detail detail = detail_of(request, identity, by);
  if (submitted.state.state == State::none) {
    detail["request"] = contracts::request_json(request);
    if (log.try_append(Event::request_queued, detail, {})) submitted.outcome = Submission::fresh;
    detail.erase("request");
  }
  if (!has_seen(log.read(), request, identity.request_payload_hash)) {
    submitted.outcome = Submission::alias;
    log.append_while(Event::request_aliased, detail,
                     [&](const RunState& state) { return !has_seen(state, request, identity.request_payload_hash); });
  }
  submitted.state = log.read();
  return submitted;
}

std::optional<store::layout::RunPlace> find_run(const store::ArtifactStore& store, const std::string& run_key) {
  if (!identity::is_path_safe_id(run_key)) return {};
  const std::string key = store::layout::run_anchor(run_key);
  const auto bytes = find_record(store, key);
  if (!bytes) return {};
  const auto anchor = contracts::read_json<RunAnchor>(*bytes, key);
  if (anchor.run_key != run_key)
    throw Error(Code::LEDGER_INVALID, key + " names another run than its own", {{"key", key}});
  return store::layout::RunPlace{anchor.platform_run_id, anchor.run_key};
}

}  // namespace mf::ledger
