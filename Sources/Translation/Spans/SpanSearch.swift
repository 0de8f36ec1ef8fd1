import Decoding
import Text
import Tokens

/// Translates pieces so that their protected spans come through.
///
/// A model that was trained with span tokens reads one in place of each span, first freely, then as a required phrase where
/// it is missing. Other models read the spans as they are, since many they copy by themselves. Where some are missing, the
/// model reads names in their place, which models copy. Where that fails, too, the names are searched for as required
/// phrases; and an `<unk>` stands for each span, if the model has learned to copy it, or if nothing else helps. The more
/// probable one counts.
struct SpanSearch {
  /// The translations of a piece.
  struct Found {
    /// What the model read, without and with `</s>`.
    var sentence: EncodedSentence
    var source: [TokenID]
    var hypotheses: [Hypothesis]
    /// What stood for the spans.
    var carriers: SpanCarriers?
    /// Which search found them, from 1.
    var attempt: Int
  }

  /// A piece in another form.
  private struct Attempt {
    var index: Int
    var piece: PendingPiece
    var carriers: SpanCarriers?
  }

  let pipeline: TextPipeline
  let decoder: any BatchDecoder

  /// Translates pieces, all of them in one batch, and those that lack spans again.
  func translate(_ pieces: [PendingPiece]) -> [Found] {
    var found: [Found?] = Array(repeating: nil, count: pieces.count)
    let first = pieces.indices.map { withTokens($0, pieces[$0]) ?? asItIs($0, pieces[$0]) }
    translate(first, 1, &found)
    // Hardly ever: so the first search, which has no time to lose, need not forbid them.
    let stray = pieces.indices.filter { hasStraySpan(found[$0]) }
    for index in stray { found[index] = nil }
    translate(stray.map { withoutStraySpans(first[$0]) }, 1, &found)
    var lacking = pieces.indices.filter { lacks(found[$0], pieces[$0]) }
    if !lacking.isEmpty {
      func updateLacking() { lacking.removeAll { !lacks(found[$0], pieces[$0]) } }
      let ofTokens = lacking.filter { first[$0].carriers?.kind == .tokens }
      var number = 1
      if !ofTokens.isEmpty {
        translate(ofTokens.map { requiringTokens(withoutStraySpans(first[$0])) }, 2, &found)
        updateLacking()
        let others = ofTokens.filter(lacking.contains)
        translate(others.map { withoutStraySpans(asItIs($0, pieces[$0])) }, 3, &found)
        updateLacking()
        number = 3
      }
      let attempts = lacking.compactMap { named($0, pieces[$0], found[$0]) }.map(withoutStraySpans)
      translate(attempts, number + 1, &found)
      updateLacking()
      translate(
        attempts.filter { lacking.contains($0.index) }.compactMap(requiring), number + 2, &found)
      if !decoder.copiesUnknown { updateLacking() }
      translate(
        lacking.compactMap { copying($0, pieces[$0]) }.map(withoutStraySpans), number + 3, &found)
    }
    return found.compactMap(\.self)
  }

  /// Translates pieces, and keeps translations that have more of the spans than those before, or as many and are more
  /// probable.
  private func translate(_ attempts: [Attempt], _ number: Int, _ found: inout [Found?]) {
    guard !attempts.isEmpty else { return }
    let end = pipeline.specialTokens.end
    let input = attempts.map(\.piece).input(endingIn: pipeline.settings.endsSource ? end : nil, empty: end)
    let translations = decoder.decode(input)
    // Anything else would leave its call waiting forever.
    precondition(
      translations.count == attempts.count && translations.allSatisfy { !$0.isEmpty },
      "SpanSearch: the decoder must return at least one hypothesis for each sentence")
    for (place, attempt) in attempts.enumerated() {
      var next = Found(
        sentence: attempt.piece.sentence, source: Array(input.source[sentence: place]),
        hypotheses: translations[place], carriers: attempt.carriers, attempt: number)
      if let spans = attempt.piece.spans, attempt.carriers?.kind == .names {
        // A name that the model changed would stay in the text.
        let read = next
        next.hypotheses.removeAll { !(text(of: $0, read, spans)?.isComplete ?? true) }
        if next.hypotheses.isEmpty { continue }
      }
      if let before = found[attempt.index], !isBetter(next, before, attempt.piece) { continue }
      found[attempt.index] = next
    }
  }

  private func isBetter(_ next: Found, _ before: Found, _ piece: PendingPiece) -> Bool {
    let (left, right) = (missing(next, piece), missing(before, piece))
    if left != right { return left < right }
    guard left == 0, let first = next.hypotheses.first, let other = before.hypotheses.first else {
      return false
    }
    return first.score > other.score
  }

  /// Whether the best translation of a piece lacks a span.
  private func lacks(_ found: Found?, _ piece: PendingPiece) -> Bool {
    guard let found, let spans = piece.spans, spans.hasCopied, spans.searchesAgain else { return false }
    return missing(found, piece) > 0
  }

  /// How many spans the best translation lacks, and one if it has some too often, or no end.
  private func missing(_ found: Found, _ piece: PendingPiece) -> Int {
    guard let best = found.hypotheses.first, best.ending != .invalidScores,
      let text = text(of: best, found, piece.spans)
    else { return 0 }
    let isComplete = text.isComplete && !repeatsSpan(best)
    return isComplete ? 0 : max(1, text.missing.count) + (best.isWhole ? 0 : 1)
  }

  /// A translation with characters for its spans; nil for a piece without any.
  func text(of hypothesis: Hypothesis, _ found: Found, _ spans: PieceSpans?) -> SpanText? {
    guard let spans else { return nil }
    return SpanText(
      pipeline.decode(
        hypothesis.tokens, unknowns: hypothesis.copied(found.sentence.unknowns), spans: found.sentence.spans),
      spans, found.carriers)
  }

  /// Whether a translation has a span token twice.
  private func repeatsSpan(_ hypothesis: Hypothesis) -> Bool {
    let vocabulary = pipeline.vocabulary(.target)
    guard !vocabulary.spanIDs.isEmpty else { return false }
    let tokens = hypothesis.tokens.filter(vocabulary.isSpan)
    return Set(tokens).count < tokens.count
  }

  /// Whether a translation that was searched for has a span token that stands for nothing.
  private func hasStraySpan(_ found: Found?) -> Bool {
    let stray = pipeline.vocabulary(.target).spanIDs.dropFirst(found?.sentence.spans.count ?? 0)
    guard let found, !stray.isEmpty else { return false }
    return found.hypotheses.contains { hypothesis in
      hypothesis.given == nil && hypothesis.tokens.contains(where: stray.contains)
    }
  }

  // MARK: - Forms

  /// The same with the span tokens forbidden that stand for nothing in its sentence.
  private func withoutStraySpans(_ attempt: Attempt) -> Attempt {
    var attempt = attempt
    let stray = pipeline.vocabulary(.target).spanIDs.dropFirst(attempt.piece.sentence.spans.count)
    attempt.piece.guide.forbidden += stray.map { [$0] }
    return attempt
  }

  /// The piece with its spans as they are.
  private func asItIs(_ index: Int, _ piece: PendingPiece) -> Attempt {
    Attempt(index: index, piece: piece, carriers: piece.spans?.themselves)
  }

  /// The piece with span tokens for its first spans; nil if the model has none, or the piece no spans to copy.
  private func withTokens(_ index: Int, _ piece: PendingPiece) -> Attempt? {
    let tokens = pipeline.vocabulary(.target).spanIDs
    guard !tokens.isEmpty, let spans = piece.spans, spans.hasCopied, piece.given.isEmpty else { return nil }
    let carriers = spans.tokens(tokens.count)
    let characters = spans.copiedPlaces.prefix(tokens.count).map { spans.line.characterBytes(of: $0.span) }
    guard
      let sentence = pipeline.withSpanTokens(
        pipeline.encode(text: carriers.text(of: spans), side: .source), for: characters, side: .source)
    else { return nil }
    return reading(sentence, index, piece, carriers)
  }

  /// The same with each of its span tokens as a required phrase.
  private func requiringTokens(_ attempt: Attempt) -> Attempt {
    var attempt = attempt
    let ids = attempt.piece.sentence.ids
    let (sources, targets) = (pipeline.vocabulary(.source).spanIDs, pipeline.vocabulary(.target).spanIDs)
    for (source, target) in zip(sources, targets) {
      guard let place = ids.firstIndex(of: source) else { continue }
      attempt.piece.guide.required.append(
        RequiredPhrase(alternatives: [[target]], sourceTokens: place..<place + 1))
    }
    return attempt
  }

  /// The piece as another sentence, behind its tag; nil if that is too long.
  private func reading(
    _ sentence: EncodedSentence, _ index: Int, _ piece: PendingPiece, _ carriers: SpanCarriers
  ) -> Attempt? {
    var (sentence, piece) = (sentence, piece)
    if let spans = piece.spans {
      // Room for a tag and `</s>`.
      sentence = piece.annotated.apply(
        to: sentence, of: carriers.text(of: spans), pipeline, longest: decoder.maxLength - 2)
    }
    if let tag = piece.sentence.ids.first, pipeline.vocabulary(.source).isTag(tag) {
      sentence = sentence.behind(tag)
    }
    guard sentence.ids.count < decoder.maxLength - 1 else { return nil }
    piece.sentence = sentence
    piece.forgetPlaces()
    return Attempt(index: index, piece: piece, carriers: carriers)
  }

  /// The piece with names in place of the spans that its best translation lacks; nil if there are no names.
  private func named(_ index: Int, _ piece: PendingPiece, _ found: Found?) -> Attempt? {
    guard let spans = piece.spans, let found, let best = found.hypotheses.first,
      let text = text(of: best, found, spans),
      let carriers = spans.names(
        for: text.missing.isEmpty || found.carriers?.kind == .tokens ? nil : Set(text.missing))
    else { return nil }
    return reading(
      pipeline.encode(text: carriers.text(of: spans), side: .source), index, piece, carriers)
  }

  /// The same with a required phrase for each span that the vocabulary can spell; nil if there is none.
  private func requiring(_ attempt: Attempt) -> Attempt? {
    guard let spans = attempt.piece.spans, let carriers = attempt.carriers else { return nil }
    var attempt = attempt
    let places = pipeline.visiblePlaces(of: attempt.piece.sentence, side: .source)
    let count = attempt.piece.guide.required.count
    for (number, stretch) in carriers.stretches(of: spans).enumerated() {
      let forms = spellings(of: carriers.texts[number])
      if forms.isEmpty { continue }
      attempt.piece.guide.required.append(
        RequiredPhrase(
          alternatives: forms,
          sourceTokens: TextPipeline.ids(at: stretch.start..<stretch.start + stretch.count, places)))
    }
    return attempt.piece.guide.required.count > count ? attempt : nil
  }

  /// How the target's vocabulary spells a text, after a space, and after a bracket.
  private func spellings(of text: [UInt8]) -> [[TokenID]] {
    var forms: [[TokenID]] = []
    func add(_ ids: [TokenID]) {
      guard !ids.isEmpty, !ids.contains(pipeline.specialTokens.unknown), !forms.contains(ids),
        pipeline.decode(ids) == text
      else { return }
      forms.append(ids)
    }
    add(pipeline.encode(text: text, side: .target).ids)
    let bracket = pipeline.encode(text: Array("(".utf8) + text, side: .target)
    let places = pipeline.visiblePlaces(of: bracket, side: .target)
    if let start = places.firstIndex(where: { $0.lowerBound == 1 }) { add(Array(bracket.ids[start...])) }
    return forms
  }

  /// The piece with an `<unk>` for each span; nil if that does not change it.
  private func copying(_ index: Int, _ piece: PendingPiece) -> Attempt? {
    guard let spans = piece.spans, spans.copying != piece.sentence else { return nil }
    var copying = piece
    copying.sentence = spans.copying
    copying.guide.keepsUnknowns = true
    copying.forgetPlaces()
    return Attempt(index: index, piece: copying)
  }
}

extension PendingPiece {
  /// Forgets where terms are in the source, since the sentence is another one.
  fileprivate mutating func forgetPlaces() {
    for index in guide.required.indices { guide.required[index].sourceTokens = 0..<0 }
  }
}

extension Hypothesis {
  /// The unknown texts of the source in the order of the translation.
  func copied(_ unknowns: [UnknownText]) -> [UnknownText] {
    guard let copies, copies.allSatisfy(unknowns.indices.contains) else { return unknowns }
    return copies.map { unknowns[$0] }
  }
}
