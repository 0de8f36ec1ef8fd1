/// What a model's own package does to lines before they are split into tokens.
public enum Preprocessing: String, Sendable, Codable, CaseIterable {
  /// Nothing.
  case none
  /// What `preprocess.sh` of OPUS-MT's packages with SentencePiece does: full-width and quotation marks are replaced,
  /// invisible characters become spaces, and several spaces become one.
  ///
  /// A full-width one, `１`, becomes a quotation mark, as there.
  ///
  /// Source: Helsinki-NLP/OPUS-MT-train, `scripts/preprocess-spm.sh`.
  case opusMT = "opus-mt"

  /// The line as the model's training saw it.
  public func prepared(_ line: [UInt8]) -> [UInt8] {
    switch self {
    case .none: line
    case .opusMT: Self.opusMTLine(line)
    }
  }

  private static func opusMTLine(_ line: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(line.count)
    func append(_ text: String) {
      for byte in text.utf8 where byte != 0x20 || !output.isEmpty && output.last != 0x20 {
        output.append(byte)
      }
    }
    for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
      if let replacement = replacements[scalar] {
        append(replacement)
      } else {
        append(isInvisible(scalar) ? " " : String(scalar))
      }
    }
    if output.last == 0x20 { output.removeLast() }
    return output
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }

  /// Spaces after two of them disappear, but then one is added.
  private static let replacements: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [
      "。": ". ", "．": ". ", "、": ",", "”": "\"", "“": "\"", "∶": ":", "《": "\"", "》": "\"", "」": "\"",
      "「": "\"", "’": "'", "…": "...", "━": "-", "〈": "<", "〉": ">", "【": "[", "】": "]", "１": "\"",
    ]
    // Full-width forms are as far from ASCII as they are from each other.
    for scalar in "，：？）！（；０３２５６９７８４～％".unicodeScalars {
      table[scalar] = Unicode.Scalar(scalar.value - 0xfee0).map { String($0) }
    }
    return table
  }()
}
