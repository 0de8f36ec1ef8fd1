extension OpenCall {
  /// Adds all lines as room becomes available, then ends the input.
  func feed(_ lines: [SourceLine]) async {
    var chunker = chunker
    for line in lines {
      chunker.add(line)
      if chunker.isFull, await !add(chunker.take()) { return }
    }
    if !chunker.isEmpty, await !add(chunker.take()) { return }
    end()
  }

  /// Adds each line on arrival, once there is room for it, then ends the input.
  func feed<Lines: AsyncSequence>(_ lines: Lines) async where Lines.Element == String {
    var chunker = chunker
    do {
      for try await line in lines {
        chunker.add(SourceLine(line))
        if await !add(chunker.take()) { return }
      }
      end()
    } catch {
      end(failure: error)
    }
  }
}
