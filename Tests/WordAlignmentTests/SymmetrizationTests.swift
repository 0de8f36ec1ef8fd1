import Testing
import Tokens
import WordAlignment

@Suite struct SymmetrizationTests {
  private func combined(_ kind: Symmetrization, _ sources: [Int?], _ targets: [Int?]) -> String {
    String(
      decoding: pharaohLine(kind.combine(sourceOfTarget: sources, targetOfSource: targets)), as: UTF8.self)
  }

  @Test func eachDirectionIsWritten() {
    #expect(combined(.forward, [2, nil, 0], [nil, 1, 0]) == "2-0 0-2")
    #expect(combined(.reverse, [2, nil, 0], [nil, 1, 0]) == "2-0 1-1")
    #expect(combined(.intersection, [2, nil, 0], [nil, 1, 0]) == "2-0")
    #expect(combined(.union, [2, nil, 0], [nil, 1, 0]) == "2-0 1-1 0-2")
    for kind in Symmetrization.allCases { #expect(combined(kind, [nil, nil], [nil]) == "") }
  }

  @Test func neighborsGrow() {
    // Both say 0-0; target 1 says source 0 too, which is a neighbor and gives target 1 its first link.
    #expect(combined(.growDiagFinalAnd, [0, 0], [0]) == "0-0 0-1")
    // The neighbor of a neighbor.
    #expect(combined(.growDiagFinalAnd, [0, 0, 0], [0]) == "0-0 0-1 0-2")
    // Diagonal neighbors count.
    #expect(combined(.growDiagFinalAnd, [0, 1], [0, nil]) == "0-0 1-1")
    // Both words have links, so the union's 1-0 is left out: 0-0 and 1-1 are of both directions.
    #expect(combined(.growDiagFinalAnd, [0, 1], [0, 1]) == "0-0 1-1")
    // 0-0 is of both directions; its neighbor 1-0 gives source 1 its first link, so that 1-1 and 0-1 come too late for it,
    // but give target 1 one; 0-1 is a neighbor in a row or column and comes first.
    #expect(combined(.growDiagFinalAnd, [0, 0], [0, 0]) == "0-0 1-0 0-1")
  }

  @Test func atTheEndLinksOfWordsWithoutAnyAreAdded() {
    // 3-3 is far from 0-0, and of one direction only: both words are free.
    #expect(combined(.growDiagFinalAnd, [0, nil, nil, 3], [0, nil, nil, nil]) == "0-0 3-3")
    #expect(combined(.growDiagFinalAnd, [0, nil, nil, nil], [0, nil, nil, 3]) == "0-0 3-3")
    // Two links of one source word that grow from nothing: the second word is not free any more.
    #expect(combined(.growDiagFinalAnd, [3, nil, 3], [nil, nil, nil, nil]) == "3-0")
  }

  @Test func theErrorRateCountsBoth() {
    var rate = AlignmentErrorRate()
    #expect(rate.value == 0)
    let links = [AlignmentLink(source: 0, target: 0), AlignmentLink(source: 1, target: 1)]
    rate.add(links, reference: links)
    #expect(rate.value == 0)
    rate.add([links[0]], reference: [AlignmentLink(source: 5, target: 0)])
    #expect(abs(rate.value - 1.0 / 3) < 1e-12)
  }
}
