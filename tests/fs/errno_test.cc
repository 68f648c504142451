// Every row of the errno table, against Go's own and against the host.

#include "fs/errno.h"

#include <errno.h>

#include <cctype>
#include <set>
#include <string>

#include "fs/result.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

struct Code {
  const char* name;
  int number;
};

// errnoByCode of Go's src/syscall/tables_js.go, with the values that Go gives.
constexpr Code kGoCodes[] = {
    {"EPERM", 1},
    {"ENOENT", 2},
    {"ESRCH", 3},
    {"EINTR", 4},
    {"EIO", 5},
    {"ENXIO", 6},
    {"E2BIG", 7},
    {"ENOEXEC", 8},
    {"EBADF", 9},
    {"ECHILD", 10},
    {"EAGAIN", 11},
    {"ENOMEM", 12},
    {"EACCES", 13},
    {"EFAULT", 14},
    {"EBUSY", 16},
    {"EEXIST", 17},
    {"EXDEV", 18},
    {"ENODEV", 19},
    {"ENOTDIR", 20},
    {"EISDIR", 21},
    {"EINVAL", 22},
    {"ENFILE", 23},
    {"EMFILE", 24},
    {"ENOTTY", 25},
    {"EFBIG", 27},
    {"ENOSPC", 28},
    {"ESPIPE", 29},
    {"EROFS", 30},
    {"EMLINK", 31},
    {"EPIPE", 32},
    {"ENAMETOOLONG", 36},
    {"ENOSYS", 38},
    {"EDQUOT", 122},
    {"EDOM", 33},
    {"ERANGE", 34},
    {"EDEADLK", 35},
    {"ENOLCK", 37},
    {"ENOTEMPTY", 39},
    {"ELOOP", 40},
    {"ENOMSG", 42},
    {"EIDRM", 43},
    {"ECHRNG", 44},
    {"EL2NSYNC", 45},
    {"EL3HLT", 46},
    {"EL3RST", 47},
    {"ELNRNG", 48},
    {"EUNATCH", 49},
    {"ENOCSI", 50},
    {"EL2HLT", 51},
    {"EBADE", 52},
    {"EBADR", 53},
    {"EXFULL", 54},
    {"ENOANO", 55},
    {"EBADRQC", 56},
    {"EBADSLT", 57},
    {"EDEADLOCK", 35},
    {"EBFONT", 59},
    {"ENOSTR", 60},
    {"ENODATA", 61},
    {"ETIME", 62},
    {"ENOSR", 63},
    {"ENONET", 64},
    {"ENOPKG", 65},
    {"EREMOTE", 66},
    {"ENOLINK", 67},
    {"EADV", 68},
    {"ESRMNT", 69},
    {"ECOMM", 70},
    {"EPROTO", 71},
    {"EMULTIHOP", 72},
    {"EDOTDOT", 73},
    {"EBADMSG", 74},
    {"EOVERFLOW", 75},
    {"ENOTUNIQ", 76},
    {"EBADFD", 77},
    {"EREMCHG", 78},
    {"ELIBACC", 79},
    {"ELIBBAD", 80},
    {"ELIBSCN", 81},
    {"ELIBMAX", 82},
    {"ELIBEXEC", 83},
    {"EILSEQ", 84},
    {"EUSERS", 87},
    {"ENOTSOCK", 88},
    {"EDESTADDRREQ", 89},
    {"EMSGSIZE", 90},
    {"EPROTOTYPE", 91},
    {"ENOPROTOOPT", 92},
    {"EPROTONOSUPPORT", 93},
    {"ESOCKTNOSUPPORT", 94},
    {"EOPNOTSUPP", 95},
    {"EPFNOSUPPORT", 96},
    {"EAFNOSUPPORT", 97},
    {"EADDRINUSE", 98},
    {"EADDRNOTAVAIL", 99},
    {"ENETDOWN", 100},
    {"ENETUNREACH", 101},
    {"ENETRESET", 102},
    {"ECONNABORTED", 103},
    {"ECONNRESET", 104},
    {"ENOBUFS", 105},
    {"EISCONN", 106},
    {"ENOTCONN", 107},
    {"ESHUTDOWN", 108},
    {"ETOOMANYREFS", 109},
    {"ETIMEDOUT", 110},
    {"ECONNREFUSED", 111},
    {"EHOSTDOWN", 112},
    {"EHOSTUNREACH", 113},
    {"EALREADY", 114},
    {"EINPROGRESS", 115},
    {"ESTALE", 116},
    {"ENOTSUP", 95},
    {"ENOMEDIUM", 123},
    {"ECANCELED", 125},
    {"ELBIN", 2048},
    {"EFTYPE", 2049},
    {"ENMFILE", 2050},
    {"EPROCLIM", 2051},
    {"ENOSHARE", 2052},
    {"ECASECLASH", 2053},
    {"EWOULDBLOCK", 11},
};

TEST(ErrnoTest, TheTableIsGosTable) {
  ASSERT_EQ(kErrnoCount, 122);
  ASSERT_EQ(std::size(kGoCodes), size_t{kErrnoCount});
  for (int i = 0; i < kErrnoCount; ++i) {
    const Errno error = static_cast<Errno>(i + 1);
    EXPECT_EQ(Name(error), kGoCodes[i].name);
    EXPECT_EQ(Number(error), kGoCodes[i].number) << Name(error);
  }
}

TEST(ErrnoTest, EveryRowHasAMessageForPeople) {
  for (int i = 1; i <= kErrnoCount; ++i) {
    const Errno error = static_cast<Errno>(i);
    const std::string message(Message(error));
    ASSERT_FALSE(message.empty()) << Name(error);
    EXPECT_FALSE(std::isupper(message[0])) << message;
    EXPECT_NE(message.back(), '.') << message;
  }
}

TEST(ErrnoTest, NamesLeadBack) {
  std::set<std::string_view> names;
  for (int i = 1; i <= kErrnoCount; ++i) {
    const Errno error = static_cast<Errno>(i);
    EXPECT_TRUE(names.insert(Name(error)).second) << Name(error);
    EXPECT_EQ(FromName(Name(error)), error);
    EXPECT_EQ(Name(error).data()[Name(error).size()], '\0');
  }
  for (const char* name : {"", "OK", "ENOEN", "ENOENTX", "enoent", "ETXTBSY"}) {
    EXPECT_EQ(FromName(name), std::nullopt) << name;
  }
}

TEST(ErrnoTest, HostValuesGoThereAndBack) {
  int with_host_value = 0;
  for (int i = 1; i <= kErrnoCount; ++i) {
    const Errno error = static_cast<Errno>(i);
    const std::optional<int> host = ToHost(error);
    if (!host.has_value()) {
      EXPECT_GE(Number(error), 2048) << Name(error) << " exists on Linux";
      continue;
    }
    ++with_host_value;
    // Rows that share a value come back as the first of them, which is the
    // same error to Go.
    EXPECT_EQ(Number(FromHost(*host)), Number(error)) << Name(error);
    EXPECT_EQ(ToHost(FromHost(*host)), *host) << Name(error);
  }
  EXPECT_EQ(with_host_value, 116);
  EXPECT_EQ(FromHost(EAGAIN), Errno::kAgain);
  EXPECT_EQ(FromHost(EDEADLK), Errno::kDeadLk);
  EXPECT_EQ(FromHost(EOPNOTSUPP), Errno::kOpNotSupp);
}

TEST(ErrnoTest, WhatGoDoesNotKnowIsIo) {
  for (int host :
       {ENOTBLK,     ERESTART,    ESTRPIPE,     EUCLEAN,     ENOTNAM,
        ENAVAIL,     EISNAM,      EREMOTEIO,    EMEDIUMTYPE, ENOKEY,
        EKEYEXPIRED, EKEYREVOKED, EKEYREJECTED, EOWNERDEAD,  ENOTRECOVERABLE,
        ERFKILL,     EHWPOISON,   -1,           -2,          41,
        58,          255,         256,          512,         1 << 30,
        INT32_MAX,   INT32_MIN}) {
    EXPECT_EQ(FromHost(host), Errno::kIo) << host;
  }
  EXPECT_EQ(FromHost(ETXTBSY), Errno::kBusy);
}

TEST(ErrnoTest, ZeroIsSuccess) {
  EXPECT_EQ(FromHost(0), Errno::kOk);
  EXPECT_EQ(ToHost(Errno::kOk), 0);
  EXPECT_EQ(Number(Errno::kOk), 0);
  EXPECT_EQ(Name(Errno::kOk), "OK");
  EXPECT_EQ(Errno(), Errno::kOk);
}

TEST(ResultTest, HoldsAValueOrAnError) {
  Result<std::string> value("text");
  EXPECT_TRUE(value.ok());
  EXPECT_EQ(value.error(), Errno::kOk);
  EXPECT_EQ(*value, "text");
  EXPECT_EQ(value->size(), 4u);
  Result<std::string> error(Errno::kIo);
  EXPECT_FALSE(error.ok());
  EXPECT_EQ(error.error(), Errno::kIo);
}

TEST(ResultTest, HoldsWhatOnlyMovesAndWhatConverts) {
  struct Base {
    virtual ~Base() = default;
  };
  struct Derived : Base {};
  auto make = [](bool ok) -> Result<std::unique_ptr<Base>> {
    if (!ok) return Errno::kNoMem;
    return std::make_unique<Derived>();
  };
  std::unique_ptr<Base> moved = *make(true);
  EXPECT_NE(moved, nullptr);
  EXPECT_EQ(make(false).error(), Errno::kNoMem);
}

}  // namespace
}  // namespace goshawk::fs::testing
