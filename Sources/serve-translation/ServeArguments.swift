import CommandLineArguments
import Decoding
import HTTPServer
import Serving
import Translation

/// The options of `serve-translation`.
struct ServeArguments: CommandArguments {
  var models = ModelOptionGroup()
  var network = NetworkOptionGroup()
  var access = AccessOptionGroup()
  var limits = LimitOptionGroup()
  var speed = SpeedOptionGroup()

  static let command = CommandDescription(
    name: "serve-translation",
    summary: "translates for other programs, over HTTP",
    usage: ["--model <folder> [options]"],
    examples: [
      .init("a server for this machine", "serve-translation --model model"),
      .init(
        "a request of LibreTranslate's clients",
        #"curl -d q="Hello world." -d source=en -d target=de http://127.0.0.1:5000/translate"#),
      .init(
        "a request of DeepL's clients",
        #"curl -d text="Hello world." -d target_lang=DE http://127.0.0.1:5000/v2/translate"#),
      .init(
        "several models, two of which lead from German to Portuguese through English",
        "serve-translation --model de-en --model en-pt --model pt-en"),
      .init(
        "a model that does not say its languages, on another port",
        "serve-translation --model en-pt=models/enpt --port 8080"),
      .init(
        "a server that keeps glossaries, for clients with keys",
        """
        manage-keys --database server.db --add alice
        serve-translation --model model --database server.db --require-key
        """),
    ],
    discussion: """
      Answers the requests of LibreTranslate's and DeepL's clients, which need only another address. Requests of all clients are \
      translated in common batches. Nothing leaves this machine, and texts are neither kept nor logged.

      LibreTranslate's interface: /translate, /translate_file, /download_file, /detect, /languages, /frontend/settings, \
      /suggest, /spec, /health and /metrics (Prometheus). DeepL's: /v2/translate, /v2/document, /v2/languages, /v2/usage, \
      /v2/glossaries and /v3/glossaries. With the source language 'auto', or without one, the language of each text is found.

      Browsers get a page at / that translates while one types, and offers other words for those of a translation.

      Files are documents (docx, pptx, odt, odp, epub, html, md, txt, srt, vtt) and files of translators (po, tmx, xliff, ts, \
      xcstrings), of which the missing translations are filled in. Translated files are kept in memory for an hour at most.

      Models are read when they are first needed. SIGHUP reads them again, with what their folders then hold, without losing a \
      request. SIGTERM and Ctrl-C end the server when the open requests are answered.

      With --native-messaging, the command serves a browser's extension instead, as translateLocally does: through \
      standard input and output.

      The server listens on this machine only, unless --host says otherwise. It has no encryption: to serve others, put a \
      web server such as nginx or Caddy before it.
      """,
    related: ["manage-keys", "translate", "import-model", "train-translation"],
    versionDetails: { [MatrixKernels.description] })

  static let groups: [OptionGroupReference<Self>] = [
    .group(\.models), .group(\.network), .group(\.access), .group(\.limits), .group(\.speed),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    do { try translationOptions.validate() } catch { throw .conflict(error.description) }
  }

  /// How much of the machine each model uses.
  var translationOptions: TranslationOptions {
    var options = TranslationOptions()
    speed.apply(to: &options)
    // A client that is refused knows when to come back; one that waits for minutes knows nothing.
    (options.waitingTokens, options.waitingCalls) = (limits.waitingTokens, 0)
    // A file that is overwritten in place must not end the server.
    options.mapsWeights = false
    return options
  }

  /// How the server works.
  func serverOptions() throws -> TranslationServer.Options {
    var options = TranslationServer.Options()
    limits.apply(to: &options)
    try access.apply(to: &options)
    options.allowedOrigin = network.allowOrigin
    options.translation.search.beamSize = speed.beam
    return options
  }

  /// What connections may use.
  var connectionLimits: HTTPServer.Limits {
    var connections = HTTPServer.Limits()
    connections.connections = limits.connections
    return connections
  }
}
