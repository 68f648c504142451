// Runs a command and says what it took:
//
//   spawn SECONDS FILE COMMAND [ARGUMENT...]
//
// FILE receives one line, `wall_ns user_us sys_us max_rss_kb timed_out`; the
// exit code is the command's, 128 + N where signal N ended it, and 127 where
// it cannot be started. After SECONDS the command is killed.
//
// A program of its own because of memory: Linux counts the size that a
// process had before exec into the largest size it reports, so a launcher
// must be smaller than the smallest thing it measures. Python is not.

#include <inttypes.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace {

volatile sig_atomic_t timed_out = 0;
volatile pid_t child = 0;

void KillChild(int) {
  timed_out = 1;
  if (child > 0) kill(child, SIGKILL);
}

int64_t Nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * int64_t{1000000000} + now.tv_nsec;
}

int64_t Microseconds(const timeval& time) {
  return time.tv_sec * int64_t{1000000} + time.tv_usec;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    fputs("usage: spawn SECONDS FILE COMMAND [ARGUMENT...]\n", stderr);
    return 125;
  }
  signal(SIGALRM, KillChild);
  alarm(static_cast<unsigned>(atoi(argv[1])));

  pid_t pid = 0;
  const int64_t start = Nanoseconds();
  const int error =
      posix_spawnp(&pid, argv[3], nullptr, nullptr, argv + 3, environ);
  if (error != 0) {
    fprintf(stderr, "%s: %s\n", argv[3], strerror(error));
    return 127;
  }
  child = pid;
  int status = 0;
  rusage usage;
  while (wait4(pid, &status, 0, &usage) < 0) {
    // Only the alarm interrupts; the command is then about to end.
  }
  const int64_t wall = Nanoseconds() - start;

  FILE* file = fopen(argv[2], "w");
  if (file == nullptr) {
    perror(argv[2]);
    return 125;
  }
  fprintf(file, "%" PRId64 " %" PRId64 " %" PRId64 " %ld %d\n", wall,
          Microseconds(usage.ru_utime), Microseconds(usage.ru_stime),
          usage.ru_maxrss, static_cast<int>(timed_out));
  if (fclose(file) != 0) {
    perror(argv[2]);
    return 125;
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
