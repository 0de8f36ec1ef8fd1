import Files
import Text

/// Prints standard input in the words of a vocabulary's tokenizer, separated by spaces, line by line.
func printWords(vocabulary: String, side: TextPipeline.Side) throws {
  let encoder = try TextPipeline(folder: vocabulary).makeEncoder(side)
  try forEachLine { line in
    var line = line
    _ = repairUTF8(&line)
    return encoder.tokens(of: line)
  }
}
