import Corpora
import CorpusShards

/// A pair of files in `training.json`.
struct CorpusRecord: Codable {
  var source: String
  var target: String
  var weight: Double
  var tag: String?
  var pairsRead: Int
  var pairsKept: Int

  init(_ part: CorpusPart, tag: String?) {
    (source, target, weight) = (part.files.source, part.files.target, part.files.weight)
    (self.tag, pairsRead, pairsKept) = (tag, part.pairsRead, part.pairs.count)
  }

  /// Files of a prepared corpus.
  init(_ files: CorpusManifest.TextFiles) {
    (source, target, weight, tag) = (files.source, files.target, 1, files.tag)
    (pairsRead, pairsKept) = (files.pairsRead, files.pairsKept)
  }

  private enum CodingKeys: String, CodingKey {
    case source, target, weight, tag
    case pairsRead = "pairs_read"
    case pairsKept = "pairs_kept"
  }
}
