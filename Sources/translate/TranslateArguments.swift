import CommandLineArguments
import Decoding
import Translation

/// The options of `translate`.
struct TranslateArguments: CommandArguments {
  var files = FileOptionGroup()
  var documents = DocumentOptionGroup()
  var text = TextOptionGroup()
  var search = SearchOptionGroup()
  var terms = TermOptionGroup()
  var confidence = ConfidenceOptionGroup()
  var protection = ProtectionOptionGroup()
  var decoder = DecoderOptionGroup()
  var sampling = SamplingOptionGroup()
  var speed = SpeedOptionGroup()
  var shards = ShardOptionGroup()

  static let command = CommandDescription(
    name: "translate",
    summary: "translates text line by line",
    usage: ["--model <folder> <in >out"],
    examples: [
      .init("a file", "translate --model model <news.en >news.de"),
      .init("the five best translations of each line", "translate -m model --n-best 5 <news.en"),
      .init(
        "the one of 100 samples that agrees most with the others",
        "translate -m model --mbr 100 <news.en >news.de"),
      .init(
        "terms as a glossary says", "translate -m model --glossary terms.tsv --input news.en --output news.de"
      ),
      .init(
        "what is missing in a catalog", "translate -m model --input app.po --output app.de.po"),
      .init(
        "another program's n-best list, ranked by this model",
        "translate -m model --input news.en --score list.txt --score-format nbest"),
      .init(
        "the likely next words after the first seven characters of a translation",
        "translate -m model --prefix typed.de --alternatives-at 7 <line.en"),
      .init(
        "the third of a hundred parts of a huge text, again after a failure",
        "translate -m model --input web.en --output parts --shard 3/100 --resume"),
      .init("a web page", "translate -m model --input-format html --input index.html --output index.de.html"),
      .init("a document of Word", "translate -m model --input report.docx --output report.de.docx"),
      .init("an ensemble of two models", "translate -m first,second --input news.en.gz --output news.de"),
      .init(
        "a model with several target languages (see build-vocab --tag)",
        #"translate -m model --prefix-source "<2de>" <news.en >news.de"#),
    ],
    discussion: """
      Writes exactly one line per input line, in order. Lines typed at a terminal are translated as they are entered. \
      A blank line stays blank. Sentences on one line are translated one by one and joined again, unless the model was \
      trained on lines of several sentences (see --split-sentences). A sentence that is too long for the model is split \
      between clauses or words. White space at the ends of a line and between sentences, tabs and no-break spaces come \
      back; other invisible characters do not change a translation. Invalid UTF-8 is replaced with U+FFFD and reported.

      With --n-best, each input line yields that many lines, best first, numbered from 0 like those of Moses and \
      Marian:

        0 ||| Hello world . ||| -0.3127

      With --output, translations are written to the file with '.partial' at the end of its name as they are found; it \
      gets its own name when all are there. If the work ends early, they stay there, and a message says how many.

      With --shard, each of any number of processes, on any number of machines with a common folder, translates a part of a \
      huge text; join-translations checks the parts and puts them together. A part is complete or not there; beside it is a \
      record of the lines, the model and the options that it was made with. With --resume, a part that is there is skipped \
      at once, one that was begun is continued, exactly once and in order, and one that was made with another model, other \
      options or from another text is refused. Several processes on one machine should share its processors: see --threads. \
      Exit codes are 0 if the part is complete, 1 for a failure, and 64 for a wrong command line.

      If the model was trained with tags, a line may start with one, for example '<2de> Hello world.'; elsewhere in \
      the line, the same characters are plain text. With --prefix-source, every line gets that tag and is plain text \
      from its first character on, so no line can select another one. Each piece of a long line gets the line's tag.

      Placeholders, addresses, paths, tags and entities come through as they are, once; --protect adds patterns. The \
      model copies them; what it leaves out is inserted where alignment says (see --missing-spans). Tags are not shown to \
      the model: pairs such as '<b>' and '</b>' are put around the words that come from what they enclose.

      If --input is a translation file (TMX, XLIFF, gettext's PO, Qt's TS, Android's strings.xml, Apple's .strings and \
      .xcstrings), its missing translations are filled in and marked; everything else stays as it is, byte for byte. \
      Tags and placeholders such as %s all come back: if a translation loses one, the text between them is translated \
      piece by piece. Formats are recognized by name and content; other files are plain text.

      With --input-format html, xml, markdown or srt, --input is a document: its text is translated, and everything else stays \
      as it is, byte for byte. Tags, links and emphasis go with the words that come from what they enclose; code, \
      elements with translate="no", addresses, times and front matter are untouched. Files named .docx, .pptx, .odt, .odp and \
      .epub are documents, too: their paragraphs are translated, with headers, notes, tables and text boxes, while styles, \
      images, fields, comments and deleted text come back as they are.

      With --scores, each translation follows its score and a tab. The score is the log-probability divided by the \
      length penalty: by default the mean log-probability per token. If a model predicts lengths, the \
      log-probability of the length counts as well. With --mbr, it is the expected utility instead. With --json, each input line yields one JSON object.
      """,
    related: [
      "build-vocab", "segment-text", "train-translation", "average-checkpoints", "quantize-model",
      "join-translations", "convert-corpus", "evaluate-translation",
    ],
    versionDetails: { [MatrixKernels.description] })

  static let groups: [OptionGroupReference<Self>] = [
    .group(\.files), .group(\.documents), .group(\.text), .group(\.search), .group(\.terms),
    .group(\.confidence), .group(\.protection),
    .group(\.decoder), .group(\.sampling), .group(\.speed), .group(\.shards),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if files.alignment != nil, search.nBest > 1, !files.json {
      throw .conflict("'--alignment' and '--n-best' are printed together only with '--json'; add it")
    }
    if confidence.confidence, !files.json, search.nBest > 1 || files.scores || files.alignment != nil {
      throw .conflict(
        "'--confidence' is printed with '--n-best', '--scores' or '--alignment' only with '--json'; add it, or leave one out"
      )
    }
    if !files.translations.isEmpty, search.nBest > 1 || sampling.isOn || sampling.candidates != nil {
      throw .conflict(
        "'--score' has one translation of each line; leave out '--n-best', '--sample' and '--mbr'")
    }
    try checkShard()
    if files.alternativesAt != nil, sampling.isOn || sampling.candidates != nil {
      throw .conflict("'--alternatives-at' searches; leave out '--sample' and '--mbr'")
    }
    do {
      try request.validate()
      try translationOptions.validate()
    } catch {
      throw .conflict(error.description)
    }
  }
}

extension TranslateArguments {
  /// Checks what shards cannot have.
  private func checkShard() throws(ArgumentError) {
    guard shards.shard != nil else { return }
    if files.input == "-" || files.output == "-" {
      throw .conflict("'--shard' reads a file and writes to a folder; give '--input' and '--output'")
    }
    if !files.prefixes.isEmpty || !files.translations.isEmpty {
      throw .conflict(
        "'--shard' has lines of one file; leave out '--prefix' and '--score', or put their lines into '--input-format'"
      )
    }
    if speed.compute == .auto {
      throw .conflict(
        "'--compute auto' may differ from machine to machine, but shards must not; choose float32 or int8")
    }
    guard files.inputFormat.lines != nil, documents.format == nil else {
      throw .conflict("'--shard' divides lines of text, not documents; leave out '--shard'")
    }
  }

  /// Which translations to find.
  var request: TranslationRequest {
    var request = TranslationRequest()
    search.apply(to: &request)
    decoder.apply(to: &request)
    sampling.apply(to: &request)
    text.apply(to: &request)
    protection.apply(to: &request)
    request.search.computesScores = format != .plain || confidence.isWanted
    request.sourceTag = files.prefixSource
    request.alignsWords = files.alignment != nil
    request.guidesLines = files.guidesLines
    request.onlyScores = !files.translations.isEmpty
    request.reportsTokens = files.tokenScores
    request.reportsTiming = files.timing
    request.reportsConfidence = confidence.isWanted
    return request
  }

  /// How much of the machine to use.
  var translationOptions: TranslationOptions {
    var options = TranslationOptions()
    speed.apply(to: &options)
    return options
  }

  /// How results are written.
  var format: ResultFormat {
    if files.json { return .json(all: search.nBest > 1, flagBelow: confidence.flagBelow) }
    if files.scoreFormat == .nbest { return .ranked }
    if files.alternativesAt != nil { return .words }
    if search.nBest > 1 { return .nBest(count: search.nBest) }
    if confidence.confidence { return .confident }
    switch files.alignment {
    case .hard: return .aligned
    case .soft: return .softlyAligned
    case nil: return files.scores || !files.translations.isEmpty ? .scored : .plain
    }
  }
}
