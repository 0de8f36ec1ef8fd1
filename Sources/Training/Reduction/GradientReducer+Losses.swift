package import Autodiff

extension GradientReducer {
  /// Sums the losses of the workers of all processes.
  ///
  /// - Parameter losses: the losses of this process's workers, for each batch of the update.
  /// - Returns: the sum over batches of the sums over workers, both in order.
  package func sum(_ losses: [[LossSum]]) -> LossSum {
    let processes = gather(losses.joined().flatMap(\.numbers)).map(LossSum.all)
    return losses.indices.reduce(into: LossSum()) { total, batch in
      total += processes.reduce(into: LossSum()) { sum, all in
        let workers = all.count / losses.count
        for loss in all[batch * workers..<(batch + 1) * workers] { sum += loss }
      }
    }
  }
}

extension LossSum {
  /// All fields as numbers; counts are exact up to 2⁵³.
  package var numbers: [Double] {
    [loss, negativeLogLikelihood, divergence, alignment, Double(tokens), Double(infeasible)]
  }

  /// The inverse of ``numbers``, for the concatenated numbers of any number of sums.
  package static func all(_ numbers: [Double]) -> [LossSum] {
    stride(from: 0, to: numbers.count, by: LossSum().numbers.count).map { start in
      LossSum(
        loss: numbers[start], negativeLogLikelihood: numbers[start + 1], divergence: numbers[start + 2],
        alignment: numbers[start + 3], tokens: Int(numbers[start + 4]), infeasible: Int(numbers[start + 5]))
    }
  }
}
