// Decodes an instruction with a three-byte VEX prefix: Intel 64 and IA-32 Architectures Software Developer's Manual,
// volume 2, sections 2.1.5 (ModRM and SIB), 2.2.1.6 (addresses relative to RIP) and 2.3.5 (VEX). None of the instructions
// decoded here ends with an immediate operand.
#pragma once
#include <stdint.h>
#include <string.h>
#include <ucontext.h>

/// The field pp, which stands for a prefix of older instructions.
enum vex_prefix { PREFIX_NONE, PREFIX_66, PREFIX_F3, PREFIX_F2 };

typedef struct {
  /// From the first byte to behind the last one. Without a VEX prefix nothing else is decoded.
  const uint8_t *start, *end;
  int has_vex;
  /// Of VEX: the opcode map (2 is 0F38), pp, the fields W, L and vvvv. vvvv is stored inverted: none is 0 here.
  int map, wide, length, vvvv;
  enum vex_prefix prefix;
  int opcode;
  /// Of ModRM, with the bits R and B of VEX: an operand, and another one if mod is 3, which is in memory otherwise.
  int mod, reg, rm;
  /// In memory: base and displacement, and the scaled index, which is a distance of rows in instructions on tiles.
  int has_sib;
  uint64_t address, index;
} instruction;

/// The value of the register with a number in ModRM or SIB.
static uint64_t vex_register(const greg_t *registers, int number) {
  static const int places[] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                               REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};
  return (uint64_t)registers[places[number]];
}

/// One byte or four, with a sign.
static int64_t vex_displacement(const uint8_t **at, int size) {
  int8_t short_one = (int8_t)**at;
  int32_t long_one = 0;
  if (size == 4) memcpy(&long_one, *at, 4);
  *at += size;
  return size == 0 ? 0 : size == 1 ? short_one : long_one;
}

/// Decodes what follows ModRM: SIB, if there is one, and the displacement. Returns the instruction's end.
static const uint8_t *vex_decode_memory(
    instruction *i, const uint8_t *at, int index_extension, int base_extension, const greg_t *registers) {
  int base = i->rm;
  i->has_sib = (i->rm & 7) == 4;
  if (i->has_sib) {
    uint8_t sib = *at++;
    int index = (sib >> 3 & 7) | index_extension << 3;
    base = (sib & 7) | base_extension << 3;
    // The stack pointer as an index stands for none.
    if (index != 4) i->index = vex_register(registers, index) << (sib >> 6);
  }
  // Without displacement, rbp and r13 as a base stand for none but a long displacement.
  int has_base = i->mod != 0 || (base & 7) != 5;
  int64_t displacement = vex_displacement(&at, i->mod == 1 ? 1 : i->mod == 2 || !has_base ? 4 : 0);
  i->address = (uint64_t)displacement;
  if (has_base) i->address += vex_register(registers, base);
  else if (!i->has_sib) i->address += (uint64_t)at;
  return at;
}

static instruction vex_decoded(const uint8_t *start, const greg_t *registers) {
  if (*start != 0xc4) return (instruction){.start = start, .end = start};
  uint8_t first = start[1], second = start[2], modrm = start[4];
  // R, X and B are stored inverted.
  int r = !(first & 0x80), x = !(first & 0x40), b = !(first & 0x20);
  instruction i = {
      .start = start, .end = start + 5, .has_vex = 1, .map = first & 0x1f, .wide = second >> 7,
      .length = second >> 2 & 1, .vvvv = ~second >> 3 & 15, .prefix = (enum vex_prefix)(second & 3),
      .opcode = start[3], .mod = modrm >> 6, .reg = (modrm >> 3 & 7) | r << 3, .rm = (modrm & 7) | b << 3};
  if (i.mod != 3) i.end = vex_decode_memory(&i, i.end, x, b, registers);
  return i;
}
