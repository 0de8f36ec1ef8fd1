import Files
import Formatting
import ModelFolders
import Models
import Tensors

/// What the command did, in lines for people.
func summary(_ report: RoundingReport, _ type: WeightType, from source: ModelFolder, to target: ModelFolder)
  -> [String]
{
  let (before, after) = (fileSize(path: source.weights), fileSize(path: target.weights))
  let share = Readable.decimal(100 * Double(after) / Double(before), 0)
  let counts = (Readable.count(report.rounded.count), Readable.count(report.kept.count))
  var lines = [
    "'\(target.path)': \(counts.0) matrices rounded to \(type.rawValue); \(counts.1) tensors stay as they were, "
      + "such as biases and norms",
    "\(Readable.count(before)) bytes of weights before, \(Readable.count(after)) after (\(share) %)",
  ]
  if let greatest = report.greatest {
    lines.append(
      "largest relative rounding error: \(Readable.decimal(100 * greatest.error, 2)) %, of '\(greatest.name)'"
    )
  }
  return lines
}
