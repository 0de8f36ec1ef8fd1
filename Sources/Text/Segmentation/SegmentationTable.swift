internal import Synchronization

/// The segmentations that `pipeline.json` can name.
public enum SegmentationTable {
  private static let kinds = Mutex<[any Segmentation.Type]>([
    ICUBytePairs.self, WhitespaceBytePairs.self, SentencePieceSegmentation.self, ListedTokens.self,
    ListedBytePairs.self,
  ])

  /// Adds a segmentation, so that vocabulary folders that name it can be read and learned.
  ///
  /// - Precondition: no other segmentation has its name.
  public static func register(_ kind: any Segmentation.Type) {
    kinds.withLock { kinds in
      if let known = kinds.first(where: { $0.name == kind.name }) {
        precondition(known == kind, "SegmentationTable: \(known) is already registered as '\(kind.name)'")
      } else {
        kinds.append(kind)
      }
    }
  }

  /// The segmentation with a name; nil if none is registered.
  static func kind(named name: String) -> (any Segmentation.Type)? {
    kinds.withLock { $0.first { $0.name == name } }
  }

  /// All names.
  static var names: [String] { kinds.withLock { $0.map { $0.name } } }

  /// The names that files of any segmentation may have.
  static var fileNames: Set<String> { kinds.withLock { Set($0.flatMap { $0.fileNames }) } }
}
