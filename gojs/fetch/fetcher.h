// fetch(): requests of JavaScript, carried out by a transport, as far as Go's
// net/http and programs like it use them (Fetch Standard; where that leaves
// things open, as Node 20).
//
// Here is decided what the program may reach: every URL, also one that a
// redirect leads to, must be on the allow list.

#ifndef GOSHAWK_GOJS_FETCH_FETCHER_H_
#define GOSHAWK_GOJS_FETCH_FETCHER_H_

#include <memory>
#include <unordered_set>

#include "gojs/environment.h"
#include "gojs/fetch/allow_list.h"
#include "gojs/fetch/transport.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {

class FetchTask;

class Fetcher {
 public:
  // Defines fetch, Headers, Response and ReadableStream in the realm. Realm and
  // environment must outlive the fetcher; what is under way when it goes is
  // ended.
  Fetcher(Realm& realm, Environment& env, const HttpTransportFactory& transport,
          AllowList allowed);
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  // fetch(input, init): a promise of a Response.
  Value Fetch(const Value& input, const Value& init);

 private:
  friend class FetchTask;

  Realm& realm_;
  Environment& env_;
  const AllowList allowed_;
  const std::unique_ptr<HttpTransport> transport_;
  std::unordered_set<std::shared_ptr<FetchTask>> tasks_;  // not yet over
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_FETCH_FETCHER_H_
