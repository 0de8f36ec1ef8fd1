import CommandLineArguments
import Formatting

/// Where the server listens, and what it says.
struct NetworkOptionGroup: OptionGroup {
  var host = "127.0.0.1"
  var port = 5000
  var allowOrigin = ""
  var quiet = false
  var nativeMessaging = false

  static let title = "Network"
  static let options: [Option<Self>] = [
    Option("--host", "address", "address or name to listen on; 0.0.0.0 for all of IPv4, :: for all", \.host),
    Option(
      "--port", short: "p", "number", "port to listen on; 0 for a free one", \.port, limit: .between(0, 65535)
    ),
    Option(
      "--allow-origin", "origin",
      "web site whose pages may use the server from a browser, such as https://example.org; '*' for all",
      \.allowOrigin),
    Option(
      "--native-messaging",
      "serve a browser's extension through standard input and output, without a network",
      \.nativeMessaging),
    Option("--quiet", "do not print a line for each request", \.quiet),
  ]
}
