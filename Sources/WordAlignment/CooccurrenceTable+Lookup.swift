extension CooccurrenceTable {
  /// The probabilities of a pair of words; nil if they never occur together.
  @inline(__always)
  package func entry(_ source: UInt32, _ target: UInt32) -> Entry? {
    let entry = slots[slot(source, target)]
    return entry.isFree ? nil : entry
  }
}
