package import Tensors

/// How a resumed training computes products of float32.
///
/// As before, if the machine can and nothing else is asked for. Both ways have the same accuracy, so a training may go
/// on by the other, but not without a notice.
package struct ResumedProducts {
  package let products: Float32Products
  /// What to say about a change; nil if there is none.
  package let notice: TrainingNotice?

  /// The products of a training that goes on.
  ///
  /// - Parameters:
  ///   - before: how they were computed until now.
  ///   - given: how they should be computed; nil for as before.
  ///   - problem: why this machine cannot compute them so; nil if it can.
  package init(
    before: Float32Products, given: Float32Products?,
    problem: (Float32Products) -> String? = { $0.problem }
  ) {
    let obstacle = given == nil ? problem(before) : nil
    products = given ?? (obstacle == nil ? before : .library)
    notice =
      products == before ? nil : .otherProducts(before: before, now: products, problem: obstacle)
  }
}
