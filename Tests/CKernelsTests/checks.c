// Runs all checks, or those of the files that are named as arguments, and prints a line for each file.
#define _GNU_SOURCE
#include "checks.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// MARK: - Files of checks

typedef struct {
  const char *file;
  void (*checks)(void);
} entry;

static entry entries[100];
static size_t entry_count;

void enlist_checks(const char *file, void (*checks)(void)) {
  if (entry_count == COUNT_OF(entries)) abort();
  entries[entry_count++] = (entry){file, checks};
}

// MARK: - Failures

#define SHOWN_FAILURES 5

static const char *current_file, *skip_reason;
static char current_case[200];
static size_t check_count, failure_count;

__attribute__((format(printf, 1, 2))) static void fail(const char *format, ...) {
  if (++failure_count > SHOWN_FAILURES) return;
  va_list arguments;
  va_start(arguments, format);
  printf("%s: %s: ", current_file, current_case);
  vprintf(format, arguments);
  printf("\n");
  va_end(arguments);
}

void skip_checks(const char *reason) { skip_reason = reason; }

// An access beyond an array. Only what a signal handler may call.
static void crash(int number) {
  (void)number;
  static const char middle[] = ": ", end[] = ": crashed: an access beyond an array, or a trap\n";
  (void)!write(1, current_file, strlen(current_file));
  (void)!write(1, middle, sizeof middle - 1);
  (void)!write(1, current_case, strlen(current_case));
  (void)!write(1, end, sizeof end - 1);
  _exit(1);
}

// MARK: - Memory

typedef struct {
  unsigned char *pages;
  size_t size, before;
} block;

static block blocks[1000];
static size_t block_count;

void *new_bytes(size_t count) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE), size = (count + page - 1) / page * page;
  if (block_count == COUNT_OF(blocks)) abort();
  unsigned char *pages = mmap(NULL, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || mprotect(pages + size, page, PROT_NONE) != 0) {
    perror("memory for checks");
    exit(1);
  }
  memset(pages, 0xff, size);
  blocks[block_count++] = (block){pages, size + page, size - count};
  return pages + size - count;
}

static void free_blocks(void) {
  for (size_t b = 0; b < block_count; ++b) {
    for (size_t i = 0; i < blocks[b].before; ++i)
      if (blocks[b].pages[i] != 0xff) {
        fail("memory before an array was written");
        break;
      }
    munmap(blocks[b].pages, blocks[b].size);
  }
  block_count = 0;
}

float *new_floats(size_t n) { return new_bytes(n * sizeof(float)); }
double *new_doubles(size_t n) { return new_bytes(n * sizeof(double)); }

float *filled_floats(size_t n, float value) {
  float *x = new_floats(n);
  for (size_t i = 0; i < n; ++i) x[i] = value;
  return x;
}

float *copied_floats(const float *x, size_t n) { return memcpy(new_floats(n), x, n * sizeof(float)); }

double *as_doubles(const float *x, size_t n) {
  double *y = new_doubles(n);
  for (size_t i = 0; i < n; ++i) y[i] = x[i];
  return y;
}

// MARK: - Random numbers

static uint64_t random_state;

// SplitMix64.
static uint64_t random_bits(void) {
  uint64_t z = random_state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

double random_unit(void) { return (double)(random_bits() >> 11) * 0x1p-53; }

float *random_floats(size_t n, double deviation) {
  float *x = new_floats(n);
  for (size_t i = 0; i < n; ++i)
    x[i] = (float)(deviation * sqrt(-2 * log(1 - random_unit())) * cos(6.283185307179586 * random_unit()));
  return x;
}

int32_t *random_indices(size_t n, int32_t limit) {
  int32_t *x = new_bytes(n * sizeof(int32_t));
  for (size_t i = 0; i < n; ++i) x[i] = (int32_t)(random_bits() % (uint64_t)limit);
  return x;
}

void begin_case(const char *format, ...) {
  free_blocks();
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(current_case, sizeof current_case, format, arguments);
  va_end(arguments);
  random_state = 0;
  for (const char *c = current_case; *c; ++c) random_state = random_state * 31 + (unsigned char)*c;
}

// MARK: - Comparisons

static void compare(
    const char *what, const float *found, const double *expected, const double *allowed, double relative,
    double absolute, size_t n) {
  ++check_count;
  for (size_t i = 0; i < n; ++i) {
    double limit = allowed ? allowed[i] : relative * fabs(expected[i]) + absolute;
    if (fabs(found[i] - expected[i]) <= limit) continue;
    return fail("%s[%zu] is %.9g; expected %.9g, within %.2g", what, i, found[i], expected[i], limit);
  }
}

void expect_close(const char *what, const float *found, const double *expected, size_t n, double tolerance) {
  double squares = 0;
  for (size_t i = 0; i < n; ++i) squares += expected[i] * expected[i];
  compare(what, found, expected, NULL, tolerance, n > 0 ? tolerance * sqrt(squares / (double)n) : 0, n);
}

void expect_within(
    const char *what, const float *found, const double *expected, const double *allowed, size_t n) {
  compare(what, found, expected, allowed, 0, 0, n);
}

void expect_close_number(const char *what, double found, double expected, double tolerance) {
  ++check_count;
  if (!(fabs(found - expected) <= tolerance * fabs(expected)))
    fail("%s is %.12g; expected %.12g, within %.2g", what, found, expected, tolerance * fabs(expected));
}

void expect_same(const char *what, const float *found, const float *expected, size_t n) {
  ++check_count;
  for (size_t i = 0; i < n; ++i)
    if (memcmp(&found[i], &expected[i], sizeof(float)) != 0)
      return fail("%s[%zu] is %.9g; expected the same bits as %.9g", what, i, found[i], expected[i]);
}

void expect_equal(const char *what, int64_t found, int64_t expected) {
  ++check_count;
  if (found != expected) fail("%s is %lld; expected %lld", what, (long long)found, (long long)expected);
}

// MARK: - References

void differentiate(double *derivative, double *x, size_t n, function_of *f, const void *context) {
  const double step = 1e-4;
  for (size_t i = 0; i < n; ++i) {
    double at = x[i];
    x[i] = at + step;
    double above = f(x, context);
    x[i] = at - step;
    derivative[i] = (above - f(x, context)) / (2 * step);
    x[i] = at;
  }
}

float *mask_of(size_t n, float rate, uint64_t key) {
  float *mask = filled_floats(n, 1);
  if (rate > 0) dropout_forward(mask, mask, n, rate, key);
  return mask;
}

// MARK: - Main

static int by_name(const void *a, const void *b) { return strcmp(((const entry *)a)->file, ((const entry *)b)->file); }

static int is_chosen(const char *file, int count, char **names) {
  for (int i = 1; i < count; ++i)
    if (strcmp(names[i], file) == 0) return 1;
  return count < 2;
}

static int report(size_t checks, size_t failures) {
  if (failures > SHOWN_FAILURES) printf("%s: and %zu more\n", current_file, failures - SHOWN_FAILURES);
  if (failures > 0) return printf("%-20s %6zu checks, %zu FAILED\n", current_file, checks, failures), 0;
  if (skip_reason) return printf("%-20s skipped: %s\n", current_file, skip_reason), 1;
  if (checks == 0) return printf("%-20s FAILED: nothing was checked\n", current_file), 0;
  return printf("%-20s %6zu checks\n", current_file, checks), 1;
}

int main(int count, char **arguments) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE};
  EACH(int, number, signals) signal(number, crash);
  qsort(entries, entry_count, sizeof *entries, by_name);
  int chosen = 0, passed = 1;
  printf("kernels: %s\n", kernels_version());
  for (size_t e = 0; e < entry_count; ++e) {
    if (!is_chosen(entries[e].file, count, arguments)) continue;
    ++chosen;
    current_file = entries[e].file;
    check_count = failure_count = 0;
    skip_reason = NULL;
    begin_case("start");
    entries[e].checks();
    begin_case("end");
    passed &= report(check_count, failure_count);
  }
  if (chosen == 0) printf("there are no checks of that name\n");
  return passed && chosen > 0 ? 0 : 1;
}
