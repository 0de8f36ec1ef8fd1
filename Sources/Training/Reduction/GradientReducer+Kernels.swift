extension GradientReducer {
  /// Compares what the processes compute with.
  ///
  /// Every process updates a copy of the weights from the same sums. Loops for other instructions round differently, so
  /// that the copies would drift apart without any sign of it. Products of matrices make only the gradients of shards,
  /// whose sum is the same in all processes: if they differ, only the bits depend on which process computes which shard.
  ///
  /// - Parameters:
  ///   - loops: the instructions of this process's loops.
  ///   - products: the kernels that multiply its matrices.
  /// - Returns: the first process with other products than those of process 0, and what they are; nil if there is none.
  /// - Throws: ``TrainingProcessError/differentLoops(first:rank:found:)`` in the first process, and
  ///   ``TrainingProcessError/failed(rank:)`` in the others.
  package func compareKernels(loops: String, products: String) throws(TrainingProcessError) -> (
    rank: Int, products: String
  )? {
    let all = texts(loops)
    if let rank = all.firstIndex(where: { $0 != all[0] }) {
      throw isFirst ? .differentLoops(first: all[0], rank: rank, found: all[rank]) : .failed(rank: 0)
    }
    let others = texts(products)
    return others.firstIndex { $0 != others[0] }.map { ($0, others[$0]) }
  }
}
