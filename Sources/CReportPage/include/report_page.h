// The style and the script of reports, as bytes of the program.
//
// This is C because only C can embed a file (`#embed`, C23), and a file next to the program could be missing.

#pragma once
#include <stdint.h>

/// A file of the page.
typedef enum {
  REPORT_PAGE_STYLE,
  REPORT_PAGE_SCRIPT,
} report_page_file;

/// The bytes of a file; never NULL for the files above.
///
/// - Parameters:
///   - file: which one.
///   - size: is set to the number of bytes.
const uint8_t *_Nullable report_page_bytes(report_page_file file, int64_t *_Nonnull size);
