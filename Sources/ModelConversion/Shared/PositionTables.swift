internal import Models
internal import Tensors

extension TrainedTransformer {
  /// The positions of a side, shape `[maxPositions, size]`, whether they are parameters or computed.
  ///
  /// - Parameter side: `encoder` or `decoder`.
  /// - Precondition: they are sinusoidal or learned.
  /// - Returns: the table, row by row.
  func positionTable(_ side: String) -> [Float] {
    let configuration = architecture.configuration
    let name = "model.\(side).embed_positions.weight"
    if let item = architecture.parameters.first(where: { $0.name == name }) {
      return weights.values(of: item.parameter).floats
    }
    let table = Sinusoids.table(
      positions: configuration.maxPositions, size: configuration.size,
      reachesLongest: configuration.positionLayout == .marian)
    return configuration.positionLayout == .interleaved
      ? Sinusoids.interleaved(table, size: configuration.size) : table
  }
}
