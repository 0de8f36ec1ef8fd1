// Instructions of AMX, emulated: linked in place of Sources/CKernels/tiles.c, this lets a processor without AMX run the
// kernels that are compiled for it, which consist of AVX-512 otherwise. The processor refuses each AMX instruction with
// SIGILL, whose handler does what the instruction would.
//
// Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1, "Programming with Intel Advanced Matrix
// Extensions", and the instructions' pages in volume 2. What the manual forbids ends the program, and so does what our
// kernels have no reason to do. Nothing here is shared with the tiles in C of Sources/CKernels/tiles.h: an
// error in either is found by comparing them.
//
// When the program ends, it prints how often each instruction was executed. It fails unless both kinds of products were,
// or instead of these the instructions that MUST_EXECUTE in the environment names.
#define _GNU_SOURCE
#include "vex.h"

#include "../../../Sources/CKernels/include/kernels.h"

#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// MARK: - Errors

#define LONGEST_INSTRUCTION 10  // VEX, opcode, ModRM, SIB and a displacement of four bytes

static struct sigaction before;

/// Ends the program, if possible with the handler of checks.c, which says which case was running. The signal comes from
/// code of the kernels, never from within the C library, so all of it may be called.
__attribute__((noreturn, format(printf, 2, 3))) static void fail(const instruction *i, const char *format, ...) {
  ptrdiff_t size = i->has_vex ? i->end - i->start : LONGEST_INSTRUCTION;
  printf("emulated/amx.c: the instruction at %p,", (const void *)i->start);
  for (ptrdiff_t b = 0; b < size; ++b) printf(" %02x", i->start[b]);
  printf("%s: ", i->has_vex ? "" : " …");
  va_list arguments;
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  printf("\n");
  fflush(stdout);
  if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN) before.sa_handler(SIGILL);
  _exit(1);
}

// MARK: - Tiles

#define TILES 8
#define MOST_ROWS 16
#define MOST_ROW_BYTES 64

/// Rows and bytes beyond the configured ones are zero.
typedef struct {
  int rows, row_bytes;
  uint8_t bytes[MOST_ROWS][MOST_ROW_BYTES];
} tile;

// Of one thread: the checks have no other.
static tile tiles[TILES];
static int are_configured;

static tile *tile_of(const instruction *i, int number) {
  if (!are_configured) fail(i, "tiles are used before LDTILECFG or after TILERELEASE");
  if (number >= TILES) fail(i, "tile %d; the last one is 7", number);
  if (tiles[number].rows == 0) fail(i, "tile %d has no rows in the configuration", number);
  return &tiles[number];
}

static uint32_t word_at(const tile *t, int row, int column) {
  uint32_t word;
  memcpy(&word, &t->bytes[row][4 * column], sizeof word);
  return word;
}

static void set_word(tile *t, int row, int column, uint32_t word) {
  memcpy(&t->bytes[row][4 * column], &word, sizeof word);
}

// MARK: - Configuration

static void expect_reserved(const instruction *i, const uint8_t *configuration, int from, int to) {
  for (int b = from; b < to; ++b)
    if (configuration[b] != 0) fail(i, "byte %d of the configuration is %d; it is reserved, expected 0", b, configuration[b]);
}

static void configure(const instruction *i) {
  const uint8_t *configuration = (const uint8_t *)(i->address + i->index);
  // Our functions release what they configured before they return and call no other between.
  if (are_configured) fail(i, "the tiles are configured already; expected TILERELEASE before");
  if (configuration[0] != 1) fail(i, "palette %d; expected 1", configuration[0]);
  if (configuration[1] != 0) fail(i, "the first row is %d; expected 0", configuration[1]);
  expect_reserved(i, configuration, 2, 16);
  expect_reserved(i, configuration, 16 + 2 * TILES, 48);
  expect_reserved(i, configuration, 48 + TILES, 64);
  for (int t = 0; t < TILES; ++t) {
    int row_bytes = configuration[16 + 2 * t] | configuration[17 + 2 * t] << 8, rows = configuration[48 + t];
    if (rows > MOST_ROWS || row_bytes > MOST_ROW_BYTES || (rows == 0) != (row_bytes == 0))
      fail(i, "tile %d has %d rows of %d bytes; expected at most 16 of 64, or none of 0", t, rows, row_bytes);
    tiles[t] = (tile){.rows = rows, .row_bytes = row_bytes};
  }
  are_configured = 1;
}

/// To release tiles that are not configured is allowed, but no function of ours has a reason to.
static void release(const instruction *i) {
  if (!are_configured) fail(i, "no tiles are configured");
  are_configured = 0;
}

// MARK: - Loading and storing

static void zero(const instruction *i) {
  tile *t = tile_of(i, i->reg);
  memset(t->bytes, 0, sizeof t->bytes);
}

static void load(const instruction *i) {
  tile *t = tile_of(i, i->reg);
  memset(t->bytes, 0, sizeof t->bytes);
  for (int r = 0; r < t->rows; ++r)
    memcpy(t->bytes[r], (const void *)(i->address + (uint64_t)r * i->index), (size_t)t->row_bytes);
}

static void store(const instruction *i) {
  const tile *t = tile_of(i, i->reg);
  for (int r = 0; r < t->rows; ++r)
    memcpy((void *)(i->address + (uint64_t)r * i->index), t->bytes[r], (size_t)t->row_bytes);
}

// MARK: - Products

/// The operands of to += a * b.
typedef struct {
  tile *to;
  const tile *a, *b;
} product;

static product product_of(const instruction *i) {
  product p = {tile_of(i, i->reg), tile_of(i, i->rm), tile_of(i, i->vvvv)};
  if (p.to == p.a || p.to == p.b || p.a == p.b)
    fail(i, "tiles %d, %d and %d; expected three different ones", i->reg, i->rm, i->vvvv);
  if (p.to->row_bytes % 4 != 0 || p.a->row_bytes != 4 * p.b->rows || p.a->rows != p.to->rows ||
      p.b->row_bytes != p.to->row_bytes)
    fail(i, "the sizes of tiles %d, %d and %d do not match", i->reg, i->rm, i->vvvv);
  return p;
}

static float flushed(float x) { return fpclassify(x) == FP_SUBNORMAL ? copysignf(0, x) : x; }

static float as_float(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return flushed(x);
}

// The lower and the upper half of a word as bfloat16.
static float lower(uint32_t word) { return as_float(word << 16); }
static float upper(uint32_t word) { return as_float(word & 0xffff0000u); }

// "TDPBF16PS", volume 2: fused multiply-adds from zero for lower and upper halves, then their sum, then the sum with
// what there was. Every operation takes denormal numbers as zero, gives zero for them, and rounds to nearest even.
static void dot_bfloat16(const instruction *i) {
  product p = product_of(i);
  for (int r = 0; r < p.to->rows; ++r)
    for (int c = 0; c < p.to->row_bytes / 4; ++c) {
      float lower_sum = 0, upper_sum = 0;
      for (int k = 0; k < p.b->rows; ++k) {
        uint32_t a = word_at(p.a, r, k), b = word_at(p.b, k, c);
        lower_sum = flushed(fmaf(lower(a), lower(b), lower_sum));
        upper_sum = flushed(fmaf(upper(a), upper(b), upper_sum));
      }
      float sum = flushed(as_float(word_at(p.to, r, c)) + flushed(lower_sum + upper_sum));
      uint32_t bits;
      memcpy(&bits, &sum, sizeof bits);
      set_word(p.to, r, c, bits);
    }
}

// "TDPBSSD", volume 2. Sums wrap around: those of 64 bits are exact and lose their upper half at the end.
static void dot_bytes(const instruction *i) {
  product p = product_of(i);
  for (int r = 0; r < p.to->rows; ++r)
    for (int c = 0; c < p.to->row_bytes / 4; ++c) {
      int64_t sum = word_at(p.to, r, c);
      for (int k = 0; k < p.a->row_bytes; ++k)
        sum += (int8_t)p.a->bytes[r][k] * (int8_t)p.b->bytes[k / 4][4 * c + k % 4];
      set_word(p.to, r, c, (uint32_t)sum);
    }
}

// MARK: - Instructions

/// Which operands ModRM and vvvv name. Fields that name none have one value.
enum form { NOTHING, MEMORY, TILE, TILE_AND_ROWS_IN_MEMORY, THREE_TILES };

static struct operation {
  const char *name;
  enum vex_prefix prefix;
  int opcode;
  enum form form;
  void (*execute)(const instruction *i);
  unsigned long count;
} operations[] = {
    {"LDTILECFG", PREFIX_NONE, 0x49, MEMORY, configure, 0},
    {"TILERELEASE", PREFIX_NONE, 0x49, NOTHING, release, 0},
    {"TILEZERO", PREFIX_F2, 0x49, TILE, zero, 0},
    {"TILELOADD", PREFIX_F2, 0x4b, TILE_AND_ROWS_IN_MEMORY, load, 0},
    {"TILESTORED", PREFIX_F3, 0x4b, TILE_AND_ROWS_IN_MEMORY, store, 0},
    {"TDPBF16PS", PREFIX_F3, 0x5c, THREE_TILES, dot_bfloat16, 0},
    {"TDPBSSD", PREFIX_F2, 0x5e, THREE_TILES, dot_bytes, 0},
};
#define OPERATIONS (sizeof operations / sizeof *operations)

static int has_form(const instruction *i, enum form form) {
  if (form == THREE_TILES) return i->mod == 3;
  if (i->vvvv != 0) return 0;
  switch (form) {
    case NOTHING: return i->mod == 3 && i->reg == 0 && i->rm == 0;
    case MEMORY: return i->mod != 3 && i->reg == 0;
    case TILE: return i->mod == 3 && i->rm == 0;
    default: return i->mod != 3 && i->has_sib;
  }
}

static struct operation *operation_of(const instruction *i) {
  if (i->has_vex && i->map == 2 && !i->wide && i->length == 0)
    for (size_t o = 0; o < OPERATIONS; ++o)
      if (operations[o].prefix == i->prefix && operations[o].opcode == i->opcode && has_form(i, operations[o].form))
        return &operations[o];
  fail(i, "not one of the AMX instructions that are emulated here");
}

static void execute(int number, siginfo_t *information, void *context) {
  (void)number, (void)information;
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  instruction i = vex_decoded((const uint8_t *)registers[REG_RIP], registers);
  struct operation *operation = operation_of(&i);
  operation->execute(&i);
  ++operation->count;
  registers[REG_RIP] = (greg_t)i.end;
}

/// In place of that in tiles.c, which asks the system: the emulation begins with the first call.
int tiles_are_usable(void) {
  static int is_installed;
  if (is_installed) return 1;
  // An access beyond an array may happen in the handler; SIGSEGV is not blocked there.
  struct sigaction action = {.sa_sigaction = execute, .sa_flags = SA_SIGINFO};
  if (sigaction(SIGILL, &action, &before) != 0) {
    perror("emulated/amx.c: the handler of SIGILL");
    exit(1);
  }
  return is_installed = 1;
}

// MARK: - End

static int contains_word(const char *text, const char *word) {
  size_t size = strlen(word);
  for (const char *at = text; (at = strstr(at, word)) != NULL; at += size)
    if ((at == text || at[-1] == ' ') && (at[size] == ' ' || at[size] == 0)) return 1;
  return 0;
}

__attribute__((destructor)) static void report(void) {
  const char *expected = getenv("MUST_EXECUTE");
  if (expected == NULL) expected = "TDPBF16PS TDPBSSD";
  int failed = 0;
  printf("emulated:");
  for (size_t o = 0; o < OPERATIONS; ++o) printf("%s %lu %s", o > 0 ? "," : "", operations[o].count, operations[o].name);
  printf("\n");
  for (size_t o = 0; o < OPERATIONS; ++o) {
    if (operations[o].count > 0 || !contains_word(expected, operations[o].name)) continue;
    printf("emulated/amx.c: FAILED: no %s was executed\n", operations[o].name);
    failed = 1;
  }
  if (are_configured) {
    printf("emulated/amx.c: FAILED: the tiles are still configured; expected TILERELEASE before the end\n");
    failed = 1;
  }
  fflush(stdout);
  if (failed) _exit(1);
}
