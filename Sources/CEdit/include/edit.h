// Lines that people type and edit, by the system's libedit.

#pragma once

/// Prepares the terminal: the prompt goes to standard error, so that standard output has results only, and the Tab key
/// inserts a tab.
void edit_begin(void);

/// Shows a prompt and waits for a line, which the caller frees; earlier lines come back with the arrow keys.
///
/// Returns NULL at the end of the input. If it was interrupted by a signal, it ends, too.
char *edit_line(const char *prompt);
