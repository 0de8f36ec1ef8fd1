// What went wrong, for callers that are not C++.

#pragma once
#include <cstdio>
#include <exception>

#include "sentencepiece.h"

/// Calls `body`, and turns exceptions into messages.
///
/// Returns what `body` returns, or nothing (0, NULL) after an exception.
template <typename Body>
auto without_exceptions(char *message, Body body) noexcept -> decltype(body()) {
  try {
    return body();
  } catch (const std::exception &error) {
    std::snprintf(message, SENTENCEPIECE_MESSAGE_CAPACITY, "%s", error.what());
  } catch (...) {
    std::snprintf(message, SENTENCEPIECE_MESSAGE_CAPACITY, "unknown error");
  }
  return {};
}
