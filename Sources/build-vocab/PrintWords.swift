import Files
import Text

/// Prints each line of standard input as the words of a vocabulary's segmentation, separated by spaces.
func printWords(vocabulary: String, side: TextPipeline.Side) throws {
  let pipeline = try TextPipeline(folder: vocabulary)
  try forEachLine { line in
    var line = line
    _ = repairUTF8(&line)
    // A tag is not a word, so there is nothing to align it with.
    let text = side == .source ? Array(pipeline.vocabulary(side).cutTag(off: line).text) : line
    return pipeline.words(of: text, side: side)
  }
}
