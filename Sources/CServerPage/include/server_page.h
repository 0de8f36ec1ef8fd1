// The page of the translation server, as bytes of the program: HTML, style and script, written by hand.
//
// This is C because only C can embed a file (`#embed`, C23), and a file next to the program could be missing.

#pragma once
#include <stdint.h>

/// A file of the page.
typedef enum {
  SERVER_PAGE_HTML,
  SERVER_PAGE_STYLE,
  SERVER_PAGE_SCRIPT,
} server_page_file;

/// The bytes of a file; never NULL for the files above.
///
/// - Parameters:
///   - file: which one.
///   - size: is set to the number of bytes.
const uint8_t *_Nullable server_page_bytes(server_page_file file, int64_t *_Nonnull size);
