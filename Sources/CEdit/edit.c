// Line editing. C, because libedit is set up by global variables, which Swift's checks for data races do not allow.

#include "edit.h"

#include <editline/readline.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

void edit_begin(void) {
  // Without a locale of UTF-8, every byte would count as a character.
  if (!setlocale(LC_CTYPE, "") || MB_CUR_MAX == 1) setlocale(LC_CTYPE, "C.UTF-8");
  rl_outstream = stderr;
  rl_initialize();
  rl_bind_key('\t', rl_insert);
  using_history();
}

char *edit_line(const char *prompt) {
  char *line = readline(prompt);
  if (line && *line) add_history(line);
  return line;
}
