// libcurl, loaded when it is first needed: a program that makes no requests
// neither waits for it nor for the many libraries that it brings.

#ifndef GOSHAWK_GOJS_FETCH_CURL_LIBRARY_H_
#define GOSHAWK_GOJS_FETCH_CURL_LIBRARY_H_

#include <curl/curl.h>

#include <string>

namespace goshawk::gojs {

// The functions of libcurl that are used, by their names without "curl_".
#define GOSHAWK_CURL_FUNCTIONS(X) \
  X(global_init)                  \
  X(easy_init)                    \
  X(easy_cleanup)                 \
  X(easy_setopt)                  \
  X(easy_getinfo)                 \
  X(easy_pause)                   \
  X(easy_strerror)                \
  X(multi_init)                   \
  X(multi_cleanup)                \
  X(multi_setopt)                 \
  X(multi_add_handle)             \
  X(multi_remove_handle)          \
  X(multi_socket_action)          \
  X(multi_info_read)              \
  X(slist_append)                 \
  X(slist_free_all)

struct CurlLibrary {
#define X(name) decltype(&curl_##name) name = nullptr;
  GOSHAWK_CURL_FUNCTIONS(X)
#undef X
  std::string error;  // why it cannot be used; empty if it can
};

// Loads the library at the first call. Threads: any.
const CurlLibrary& GetCurlLibrary();

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_FETCH_CURL_LIBRARY_H_
