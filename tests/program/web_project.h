// A made-up web project for bundlers: some hundred files of TypeScript,
// JavaScript, JSX, CSS and JSON that import each other.

#ifndef GOSHAWK_TESTS_PROGRAM_WEB_PROJECT_H_
#define GOSHAWK_TESTS_PROGRAM_WEB_PROJECT_H_

#include <string>

namespace goshawk::program_test {

// Writes the project into `directory`, which is made. Entries: src/main.ts,
// src/view.tsx, src/legacy.js; src/broken.ts has mistakes. The files are the
// same each time.
void WriteWebProject(const std::string& directory);

}  // namespace goshawk::program_test

#endif  // GOSHAWK_TESTS_PROGRAM_WEB_PROJECT_H_
