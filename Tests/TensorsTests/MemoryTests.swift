import Tensors
import TestSupport
import Testing

@Suite struct ArenaTests {
  @Test func piecesAreAlignedAndApart() {
    let arena = Arena(firstBlock: 64)
    var ends: [(start: UInt, end: UInt)] = []
    for count in [1, 16, 17, 0, 5, 1000, 3] {
      let piece = arena.allocate(count)
      #expect(UInt(bitPattern: piece) % 64 == 0)
      piece.update(repeating: Float(count), count: count)
      ends.append((UInt(bitPattern: piece), UInt(bitPattern: piece + max(count, 1))))
    }
    for (index, piece) in ends.enumerated() {
      for other in ends[..<index] { #expect(piece.end <= other.start || other.end <= piece.start) }
    }
  }

  @Test func growthIsGeometricAndResetMakesOneBlock() {
    let arena = Arena(firstBlock: 64)
    #expect(arena.capacity == 0)
    for _ in 0..<100 { _ = arena.allocate(16) }
    let grown = arena.capacity
    #expect((1600...4096).contains(grown))
    arena.reset()
    #expect(arena.capacity == grown)
    // All of it is one piece now.
    let first = arena.allocate(16)
    for index in 1..<100 { #expect(arena.allocate(16) == first + 16 * index) }
    #expect(arena.capacity == grown)
    arena.reset()
    #expect(arena.allocate(1600) == first)
  }

  @Test func countsWhatItGivesAndStartsAnewAfterARelease() {
    let arena = Arena(firstBlock: 320)
    _ = (arena.allocate(1), arena.allocate(17), arena.allocate(0))
    #expect(arena.allocated == 16 + 32 + 16)
    #expect(arena.capacity == 320)
    arena.reset()
    #expect((arena.allocated, arena.capacity) == (0, 320))
    arena.release()
    #expect(arena.capacity == 0)
    arena.allocate(320).update(repeating: 1, count: 320)
    #expect(arena.capacity == 320)
  }
}

@Suite struct MemoryPoolTests {
  @Test func arenasShareMemoryOneAfterAnother() {
    let pool = MemoryPool()
    let first = Arena(firstBlock: 64, pool: pool)
    let place = first.allocate(64)
    let second = Arena(firstBlock: 64, pool: pool)
    #expect(second.allocate(64) != place)
    first.release()
    #expect(pool.idleCount == 64)
    // The smallest block that is large enough; none is left for the next.
    let third = Arena(firstBlock: 16, pool: pool)
    #expect(third.allocate(16) == place)
    #expect(pool.idleCount == 0)
  }

  @Test func anArenaGivesAllItsMemoryBack() {
    let pool = MemoryPool()
    func use() {
      let arena = Arena(firstBlock: 64, pool: pool)
      for _ in 0..<10 { _ = arena.allocate(64) }
      #expect(pool.idleCount == 0)
      arena.reset()
      let (one, all) = (arena.allocate(64), arena.allocate(9 * 64))
      #expect(all == one + 64)
    }
    use()
    let idle = pool.idleCount
    #expect(idle >= 640)
    use()
    #expect(pool.idleCount >= 640 && pool.idleCount <= 2 * idle)
  }

  @Test func memoryThatIsTooSmallMakesRoomForMore() {
    let pool = MemoryPool()
    for count in [64, 128, 256, 1024] {
      let arena = Arena(firstBlock: count, pool: pool)
      _ = arena.allocate(count)
      arena.release()
      #expect(pool.idleCount == count)
    }
  }
}

@Suite struct FlatBufferTests {
  @Test func startsAtZeroAndTakesValues() {
    let buffer = FlatBuffer(count: 5)
    #expect(UInt(bitPattern: buffer.elements) % 64 == 0)
    #expect(buffer.array == [0, 0, 0, 0, 0])
    buffer.replace(at: 2, with: [7, 8])
    #expect(buffer.array == [0, 0, 7, 8, 0])
    #expect(buffer.array(1..<3) == [0, 7])
    buffer.clear()
    #expect(buffer.array == [0, 0, 0, 0, 0])
  }

  /// Less than a page, exactly one, and pages with something before and after them.
  @Test(arguments: [0, 1, 100, 1024, 5000, 100_003])
  func releasedMemoryIsZeroAndCanBeUsedAgain(count: Int) {
    let buffer = FlatBuffer(count: count)
    let numbers = (0..<count).map { Float($0 + 1) }
    for _ in 0..<2 {
      buffer.replace(at: 0, with: numbers)
      buffer.clearAndRelease()
      #expect(buffer.array.allSatisfy { $0 == 0 })
    }
    buffer.replace(at: 0, with: numbers)
    #expect(buffer.array == numbers)
  }

  @Test func mayBeEmpty() {
    let buffer = FlatBuffer(count: 0)
    buffer.replace(at: 0, with: [])
    buffer.clear()
    #expect(buffer.array == [])
  }
}

@Suite struct TensorTests {
  @Test func isAHandle() {
    let arena = Arena()
    let tensor = Tensor(shape: [2, 3], values: arena.allocate(6))
    let copy = tensor
    tensor.fill(with: [1, 2, 3, 4, 5, 6])
    #expect(copy.array == [1, 2, 3, 4, 5, 6])
    #expect(tensor.gradientArray == nil && tensor.gradientMatrix == nil)
    #expect(tensor.matrix.rows == 2 && tensor.matrix.columns == 3)
  }

  @Test func shapesOfVectorsHaveOneRow() {
    let (vector, matrix): (Shape, Shape) = ([5], [4, 3])
    #expect((vector.rows, vector.columns, vector.count) == (1, 5, 5))
    #expect(vector == [1, 5])
    #expect((matrix.rows, matrix.columns, matrix.count) == (4, 3, 12))
    #expect(matrix.description == "[4, 3]")
  }
}
