// What int8_loops.h needs for AVX512-VNNI: one instruction multiplies 64 pairs of bytes and adds every four neighbors to
// one of 16 integers. It takes unsigned bytes on one side, so the rows are shifted by 128. 6 x 4 sums, four vectors of
// weights and one factor: 29 of 32 registers.
#include <immintrin.h>

#define TARGET WITH_VNNI
#define WIDTH 16
#define TALLEST 6
#define VECTORS 4
#define VECTORS_OF_ROW 8
#define SHIFT 128
#define DOT(SUMS, X, W) ((NAME(ints))_mm512_dpbusd_epi32((__m512i)(SUMS), (__m512i)(X), (__m512i)(W)))
