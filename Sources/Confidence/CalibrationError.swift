/// The expected calibration error: how far predicted probabilities are from what happened, in the mean.
///
/// Predictions are put into bins of equal width; the error is the mean over all predictions of the difference between a bin's
/// mean prediction and its mean outcome.
///
/// Source: Guo et al. 2017, "On Calibration of Modern Neural Networks", equation 3.
///
/// - Parameters:
///   - predictions: each with its outcome, both from 0 to 1.
///   - bins: number of bins.
/// - Returns: from 0 to 1; 0 for no predictions.
public func expectedCalibrationError(_ predictions: [(predicted: Double, outcome: Double)], bins: Int = 15)
  -> Double
{
  var differences = [Double](repeating: 0, count: bins)
  for item in predictions {
    let bin = min(bins - 1, max(0, Int(item.predicted * Double(bins))))
    differences[bin] += item.predicted - item.outcome
  }
  return differences.reduce(0) { $0 + abs($1) } / Double(max(1, predictions.count))
}
