#include "store/s3_http.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "mf/error.hpp"
#include "store/curl_library.hpp"
#include "store/s3_credentials.hpp"

namespace mf::store {
namespace {

using Handle = std::unique_ptr<CURL, decltype(CurlFunctions::curl_easy_cleanup)>;
using HeaderList = std::unique_ptr<curl_slist, decltype(CurlFunctions::curl_slist_free_all)>;

[[noreturn]] void fail_to_set_up() { throw Error(Code::OUT_OF_MEMORY, "libcurl cannot set up a request"); }

/// One for each thread: it keeps the thread's connections open.
CURL* handle_of_this_thread() {
  static const CURLcode ready = curl().curl_global_init(CURL_GLOBAL_DEFAULT);
  thread_local const Handle handle(ready == CURLE_OK ? curl().curl_easy_init() : nullptr, curl().curl_easy_cleanup);
  if (!handle) fail_to_set_up();
  curl().curl_easy_reset(handle.get());
  return handle.get();
}

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  if (curl().curl_easy_setopt(handle, option, value) != CURLE_OK) fail_to_set_up();
}

HeaderList header_list(const HttpRequest& request) {
  HeaderList list(nullptr, curl().curl_slist_free_all);
  const auto add = [&](const std::string& line) {
    curl_slist* longer = curl().curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) fail_to_set_up();
    std::ignore = list.release();
    list.reset(longer);
  };
  for (const auto& [name, value] : request.headers) add(name + ": " + value);
  add("Expect:");  // no round trip to ask whether a body is welcome
  add(request.method == "PUT" ? "Content-Type: application/octet-stream" : "Content-Type:");
  return list;
}

/// Where the callbacks of one request put what comes.
struct Receiver {
  CURL* handle;
  HttpReply& reply;
  std::size_t limit;
};

int status_of(CURL* handle) {
  long status = 0;
  curl().curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

/// What a server says of a failure is short; the rest is not worth keeping, and no reason to end the transfer.
std::size_t receive_complaint(std::string_view bytes, std::string& body) {
  constexpr std::size_t kLongest = std::size_t{64} << 10;
  body.append(bytes.substr(0, kLongest - std::min(kLongest, body.size())));
  return bytes.size();
}

std::size_t receive_body(char* bytes, std::size_t, std::size_t size, void* to) {
  auto& [handle, reply, limit] = *static_cast<Receiver*>(to);
  if (status_of(handle) >= 300) return receive_complaint({bytes, size}, reply.body);
  reply.oversized = size > limit - reply.body.size();
  if (reply.oversized) return 0;  // which ends the transfer
  reply.body.append(bytes, size);
  return size;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

std::size_t receive_header(char* bytes, std::size_t, std::size_t size, void* to) {
  constexpr std::size_t kMostHeaders = 200;
  auto& reply = static_cast<Receiver*>(to)->reply;
  const std::string_view line(bytes, size);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || reply.headers.size() >= kMostHeaders) return size;
  const std::size_t first = line.find_first_not_of(" \t", colon + 1);
  const std::size_t last = line.find_last_not_of(" \t\r\n");
  reply.headers[lower(std::string(line.substr(0, colon)))] =
      first == std::string_view::npos || last < first ? "" : std::string(line.substr(first, last - first + 1));
  return size;
}

void set_limits(CURL* handle, const S3Patience& patience) {
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(patience.connect.count()));
  set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_TCP_KEEPALIVE, 1L);
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (const auto authorities = process_environment("AWS_CA_BUNDLE")) set(handle, CURLOPT_CAINFO, authorities->c_str());
}

/// What ends a transfer before its reply is there. libcurl has a limit of speed too, but as a mean of five seconds.
class Watch {
 public:
  Watch(std::chrono::milliseconds silence, const StopAsked& stop_asked)
      : silence_(silence), stop_asked_(stop_asked), leaving_(stop_asked()) {}

  void set_on(CURL* handle) {
    constexpr long kToLeave = 2'000;  // milliseconds
    if (leaving_) set(handle, CURLOPT_TIMEOUT_MS, kToLeave);
    set(handle, CURLOPT_NOPROGRESS, 0L);
    set(handle, CURLOPT_XFERINFOFUNCTION, &glance);
    set(handle, CURLOPT_XFERINFODATA, this);
  }

  [[nodiscard]] bool was_silent() const { return Clock::now() - last_byte_ > silence_; }

 private:
  using Clock = std::chrono::steady_clock;

  /// Called about once a second, and whenever bytes come or go; anything but 0 ends the transfer.
  static int glance(void* watch, curl_off_t, curl_off_t received, curl_off_t, curl_off_t sent) {
    auto& self = *static_cast<Watch*>(watch);
    if (std::exchange(self.bytes_, received + sent) != received + sent) self.last_byte_ = Clock::now();
    return self.was_silent() || (!self.leaving_ && self.stop_asked_()) ? 1 : 0;
  }

  std::chrono::milliseconds silence_;
  const StopAsked& stop_asked_;
  bool leaving_;  // it was asked before the transfer began
  curl_off_t bytes_ = 0;
  Clock::time_point last_byte_ = Clock::now();
};

void set_request(CURL* handle, const HttpRequest& request, curl_slist* headers) {
  set(handle, CURLOPT_URL, request.url.c_str());
  set(handle, CURLOPT_PATH_AS_IS, 1L);  // the path was signed as it is
  set(handle, CURLOPT_HTTPHEADER, headers);
  if (request.method == "HEAD") set(handle, CURLOPT_NOBODY, 1L);
  if (request.method != "PUT") return;
  set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  set(handle, CURLOPT_POSTFIELDS, request.body.empty() ? "" : request.body.data());
  set(handle, CURLOPT_CUSTOMREQUEST, "PUT");
}

void set_receiver(CURL* handle, Receiver& receiver) {
  set(handle, CURLOPT_WRITEFUNCTION, &receive_body);
  set(handle, CURLOPT_WRITEDATA, &receiver);
  set(handle, CURLOPT_HEADERFUNCTION, &receive_header);
  set(handle, CURLOPT_HEADERDATA, &receiver);
}

/// Against all but the transient ones, asking again does not help.
HttpReply::Failure failure_of(CURLcode code) {
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return HttpReply::Failure::untrusted;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ENGINE_NOTFOUND:
      return HttpReply::Failure::permanent;
    default:
      return HttpReply::Failure::transient;
  }
}

void settle(HttpReply& reply, CURL* handle, CURLcode code) {
  if (code == CURLE_OK || reply.oversized) {
    reply.status = status_of(handle);
    return;
  }
  reply.failure = failure_of(code);
  reply.reason = curl().curl_easy_strerror(code);
}

}  // namespace

std::string HttpReply::header(const std::string& name) const {
  const auto place = headers.find(name);
  return place == headers.end() ? "" : place->second;
}

Transport network(const S3Patience& patience, const StopAsked& stop_asked) {
  return [patience, stop_asked](const HttpRequest& request) {
    CURL* handle = handle_of_this_thread();
    HttpReply reply;
    Receiver receiver{handle, reply, request.reply_limit};
    const HeaderList headers = header_list(request);
    set_limits(handle, patience);
    Watch watch(patience.silence, stop_asked);
    watch.set_on(handle);
    set_request(handle, request, headers.get());
    set_receiver(handle, receiver);
    settle(reply, handle, curl().curl_easy_perform(handle));
    if (reply.status == 0 && watch.was_silent()) reply.reason = "silence for too long";
    return reply;
  };
}

}  // namespace mf::store
