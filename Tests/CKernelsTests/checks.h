// Checks of the kernels in C, for processors for which Swift cannot be built here: tools/check-arm64 builds and runs
// them, the package does not. A file of checks has the name of the file that it checks, and contains
// CHECKS_OF(that name).
//
// A check compares with a naive computation in double precision, and derivatives with finite differences of it.
#pragma once
#include "kernels.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Begins the function that checks a file of Sources/CKernels. It is found without being listed anywhere.
#define CHECKS_OF(file) \
  static void checks(void); \
  __attribute__((constructor)) static void enlist(void) { enlist_checks(#file, checks); } \
  static void checks(void)
void enlist_checks(const char *file, void (*checks)(void));

/// Begins a case, whose function and sizes are part of messages. The memory of the case before is freed, and random
/// numbers start again: they depend only on the text.
__attribute__((format(printf, 1, 2))) void begin_case(const char *format, ...);

/// States that the rest of a file cannot be checked on this processor.
void skip_checks(const char *reason);

// Memory for one case. It ends at a page that cannot be accessed, and what precedes it must not be written; so its
// alignment depends on its size. All bits are 1, which is NaN as a float.
void *new_bytes(size_t count);
float *new_floats(size_t n);
double *new_doubles(size_t n);
/// Normally distributed numbers.
float *random_floats(size_t n, double deviation);
/// Numbers from 0 to `limit` - 1.
int32_t *random_indices(size_t n, int32_t limit);
float *filled_floats(size_t n, float value);
float *copied_floats(const float *x, size_t n);
double *as_doubles(const float *x, size_t n);
/// A number from 0 to 1.
double random_unit(void);

// Each of these is one check. A number may differ by `tolerance` times its expected size plus the root mean square of
// all.
void expect_close(const char *what, const float *found, const double *expected, size_t n, double tolerance);
void expect_close_number(const char *what, double found, double expected, double tolerance);
/// A difference may be as great as `allowed` says for each number.
void expect_within(
    const char *what, const float *found, const double *expected, const double *allowed, size_t n);
/// The same bits.
void expect_same(const char *what, const float *found, const float *expected, size_t n);
void expect_equal(const char *what, int64_t found, int64_t expected);

/// The derivative of f by each x, by finite differences. x is changed and restored.
typedef double function_of(const double *x, const void *context);
void differentiate(double *derivative, double *x, size_t n, function_of *f, const void *context);

/// The mask of dropout, as dropout_forward applies it.
float *mask_of(size_t n, float rate, uint64_t key);

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
/// Runs a statement for each element of an array.
#define EACH(type, name, array) \
  for (size_t name##_index = 0; name##_index < COUNT_OF(array); ++name##_index) \
    for (type name = (array)[name##_index], *name##_once = &name; name##_once; name##_once = NULL)

/// Numbers of elements around those that vectors process at a time.
static const size_t counts[] = {0, 1, 2, 15, 16, 17, 31, 33, 100, 257};
