extension OpenCall {
  /// Adds all lines, as there is room for them, and ends there.
  func feed(_ lines: [String]) async {
    var chunker = chunker
    for line in lines {
      chunker.add(Array(line.utf8))
      if chunker.isFull, await !add(chunker.take()) { return }
    }
    if !chunker.isEmpty, await !add(chunker.take()) { return }
    end()
  }

  /// Adds each line when it comes, as soon as there is room for it, and ends there.
  func feed<Lines: AsyncSequence>(_ lines: Lines) async where Lines.Element == String {
    var chunker = chunker
    do {
      for try await line in lines {
        chunker.add(Array(line.utf8))
        if await !add(chunker.take()) { return }
      }
      end()
    } catch {
      end(failure: error)
    }
  }
}
