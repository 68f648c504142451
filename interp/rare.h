// GOSHAWK_RARE marks functions that hardly ever run: those that call them need
// not save registers for them.

#ifndef GOSHAWK_INTERP_RARE_H_
#define GOSHAWK_INTERP_RARE_H_

#if (defined(__x86_64__) || defined(__aarch64__)) && \
    defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::preserve_most)
#define GOSHAWK_RARE [[gnu::noinline, clang::preserve_most]]
#endif
#endif
#ifndef GOSHAWK_RARE
#define GOSHAWK_RARE [[gnu::noinline]]
#endif

#endif  // GOSHAWK_INTERP_RARE_H_
