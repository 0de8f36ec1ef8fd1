internal import Machine
internal import Synchronization
import Tensors

/// A message with the elements of a chunk, or with the memory for them.
struct GradientMessage {
  let buffer: FlatBuffer
  /// The floats of the buffer that travel.
  let range: Range<Int>
  /// Whether these are the gradients themselves, which need no copy.
  let isInPlace: Bool

  /// Its size in bytes.
  var bytes: Int { range.count * 4 }
}

/// Makes messages of chunks, and takes them apart.
final class GradientMessages: Sendable {
  let precision: ExchangePrecision
  /// What rounding has lost so far, by element; empty with float32.
  private let errors: Mutex<FlatBuffer?>
  /// Buffers that no message uses.
  private let free = Mutex([FlatBuffer]())

  init(_ precision: ExchangePrecision) {
    self.precision = precision
    errors = Mutex(nil)
  }

  /// A message with a chunk of `gradients`.
  ///
  /// - Parameters:
  ///   - chunk: the elements; rounding them changes what was lost, but not the gradients.
  ///   - gradients: all gradients.
  ///   - threads: the number of threads to use.
  /// - Returns: the message, to be released when it is done.
  func pack(_ chunk: GradientChunk, of gradients: FlatBuffer, threads: Int) -> GradientMessage {
    if let inPlace = inPlace(chunk, gradients) { return inPlace }
    let message = place(for: chunk)
    switch precision {
    case .float32:
      concurrently(chunk.pieces.count, threads: threads) { index in
        let piece = chunk.pieces[index]
        message.buffer.store(gradients, in: piece.range, at: piece.offset)
      }
    case .bfloat16:
      let errors = errors(count: gradients.count)
      concurrently(chunk.pieces.count, threads: threads) { index in
        let piece = chunk.pieces[index]
        message.buffer.storeRounded(gradients, in: piece.range, error: errors, at: piece.offset)
      }
    }
    return message
  }

  /// Memory for a message with a chunk, outside of the gradients.
  func place(for chunk: GradientChunk) -> GradientMessage {
    let count = precision == .float32 ? chunk.count : (chunk.count + 1) / 2
    let buffer = free.withLock { $0.popLast() } ?? FlatBuffer(count: GradientChunk.limit)
    return GradientMessage(buffer: buffer, range: 0..<count, isInPlace: false)
  }

  /// Memory for a message whose elements replace those of `gradients`: the gradients themselves where possible.
  func place(for chunk: GradientChunk, replacing gradients: FlatBuffer) -> GradientMessage {
    inPlace(chunk, gradients) ?? place(for: chunk)
  }

  private func inPlace(_ chunk: GradientChunk, _ gradients: FlatBuffer) -> GradientMessage? {
    guard precision == .float32, let range = chunk.range else { return nil }
    return GradientMessage(buffer: gradients, range: range, isInPlace: true)
  }

  /// Adds a piece of a message to the gradients.
  func add(_ message: GradientMessage, _ piece: GradientChunk.Piece, to gradients: FlatBuffer) {
    switch precision {
    case .float32: gradients.add(message.buffer, at: piece.offset, in: piece.range)
    case .bfloat16: gradients.addRounded(message.buffer, at: piece.offset, in: piece.range)
    }
  }

  /// Replaces a chunk of the gradients by a message.
  func unpack(_ message: GradientMessage, _ chunk: GradientChunk, into gradients: FlatBuffer, threads: Int) {
    guard !message.isInPlace else { return }
    concurrently(chunk.pieces.count, threads: threads) { [precision] index in
      let piece = chunk.pieces[index]
      switch precision {
      case .float32: gradients.copy(message.buffer, at: piece.offset, in: piece.range)
      case .bfloat16: gradients.copyRounded(message.buffer, at: piece.offset, in: piece.range)
      }
    }
  }

  /// Takes back the memory of a message that is done.
  func release(_ message: GradientMessage) {
    guard !message.isInPlace else { return }
    free.withLock { $0.append(message.buffer) }
  }

  private func errors(count: Int) -> FlatBuffer {
    errors.withLock { errors in
      if let errors { return errors }
      let new = FlatBuffer(count: count)
      errors = new
      return new
    }
  }
}
