extension OpenCall {
  /// Adds all lines as room becomes available, then ends the input.
  func feed(_ lines: [SourceLine]) async {
    var chunker = chunker
    var failure: (any Error)?
    for line in lines {
      do { try chunker.add(line) } catch {
        failure = error
        break
      }
      if chunker.isFull, await !add(chunker.take()) { return }
    }
    if !chunker.isEmpty, await !add(chunker.take()) { return }
    end(failure: failure)
  }

  /// Adds each line on arrival, once there is room for it, then ends the input.
  func feed<Lines: AsyncSequence>(_ lines: Lines) async where Lines.Element == String {
    var chunker = chunker
    do {
      for try await line in lines {
        try chunker.add(SourceLine(line))
        if await !add(chunker.take()) { return }
      }
      end()
    } catch {
      end(failure: error)
    }
  }
}
