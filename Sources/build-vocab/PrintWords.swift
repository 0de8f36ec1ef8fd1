import Files
import Text

/// Prints standard input in the words of a vocabulary's tokenizer, separated by spaces, line by line.
func printWords(vocabulary: String, side: TextPipeline.Side) throws {
  let pipeline = try TextPipeline(folder: vocabulary)
  let encoder = pipeline.makeEncoder(side)
  try forEachLine { line in
    var line = line
    _ = repairUTF8(&line)
    // A tag is no word, and nothing to align.
    return encoder.tokens(
      of: side == .source ? Array(pipeline.vocabulary(side).cutTag(off: line).text) : line)
  }
}
