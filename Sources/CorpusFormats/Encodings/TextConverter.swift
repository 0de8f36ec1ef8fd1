import Glibc

/// Converts text from one encoding to another by the system's `iconv`.
///
/// - Safety: the descriptor belongs to this object alone, which closes it; `iconv` reads and writes only within the
///   lengths that it is given, and keeps no pointer.
@safe final class TextConverter {
  private let descriptor: iconv_t

  /// What a conversion made of some bytes.
  struct Outcome {
    var output: [UInt8] = []
    /// The offset of the first byte that is not text in the encoding, or that the other encoding lacks; nil if there is
    /// none.
    var failure: Int?
    /// Whether the failure is only that a character is cut off at the end.
    var isCutOff = false
  }

  /// - Returns: nil if the system does not know one of the encodings.
  init?(from source: String, to target: String) {
    guard !source.isEmpty, source.utf8.allSatisfy({ 0x20 < $0 && $0 < 0x7f && $0 != UInt8(ascii: "/") })
    else {
      return nil
    }
    let opened = unsafe iconv_open(target, source)
    guard let opened = unsafe opened, Int(bitPattern: opened) != -1 else { return nil }
    unsafe descriptor = opened
  }

  deinit { _ = unsafe iconv_close(descriptor) }

  /// Converts a whole text; see ``Outcome/failure`` for what cannot be converted.
  func convert(_ bytes: [UInt8]) -> Outcome {
    var outcome = Outcome()
    // Forgets what an earlier call left.
    _ = unsafe iconv(descriptor, nil, nil, nil, nil)
    var buffer = [UInt8](repeating: 0, count: min(max(64, bytes.count * 2), 1 << 20))
    var position = 0
    while true {
      let step = step(bytes, from: position, into: &buffer)
      outcome.output += buffer[..<step.written]
      position += step.read
      switch step.error {
      case 0: return outcome
      case E2BIG where step.written > 0: continue
      default:
        outcome.failure = position
        outcome.isCutOff = step.error == EINVAL
        return outcome
      }
    }
  }

  private func step(_ bytes: [UInt8], from start: Int, into buffer: inout [UInt8])
    -> (read: Int, written: Int, error: Int32)
  {
    unsafe bytes.withUnsafeBytes { source in
      unsafe buffer.withUnsafeMutableBytes { target in
        // iconv does not write to its input, though its type says so.
        var input = unsafe UnsafeMutablePointer(
          mutating: source.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self))
        var output = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
        var (inputLeft, outputLeft) = (source.count - start, target.count)
        let result = unsafe iconv(descriptor, &input, &inputLeft, &output, &outputLeft)
        let error = result == -1 ? errno : 0
        return (source.count - start - inputLeft, target.count - outputLeft, error)
      }
    }
  }
}
