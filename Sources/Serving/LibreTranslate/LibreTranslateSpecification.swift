import Files

/// LibreTranslate's interface as OpenAPI describes it, for programs that make clients of it.
///
/// Source: https://spec.openapis.org/oas/v2.0.
enum LibreTranslateSpecification {
  /// A parameter of a path.
  private struct Parameter {
    var name: String
    var type = "string"
    var isRequired = true
    var about: String
  }

  /// What answers `/spec`.
  static let json: JSONTree = .members([
    "swagger": "2.0",
    "info": .members(["title": "Translation server", "version": "1.9.0"]),
    "basePath": "/",
    "schemes": .strings(["http", "https"]),
    "consumes": .strings(["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]),
    "produces": .strings(["application/json"]),
    "paths": .members([
      "/translate": post(
        "Translates text.",
        [
          Parameter(name: "q", about: "a text, or in JSON a list of texts"), source, target,
          Parameter(name: "format", isRequired: false, about: "text or html"),
          Parameter(
            name: "alternatives", type: "integer", isRequired: false, about: "number of other translations"),
          key,
        ]),
      "/translate_file": post(
        "Translates a file, and answers with the address of its translation.",
        [Parameter(name: "file", type: "file", about: "the file"), source, target, key]),
      "/detect": post("Finds the language of a text.", [Parameter(name: "q", about: "a text"), key]),
      "/suggest": post(
        "Suggests a better translation.",
        [
          Parameter(name: "q", about: "a text"), Parameter(name: "s", about: "a better translation"),
          source, target, key,
        ]),
      "/languages": get("The languages, each with those that it can be translated to."),
      "/frontend/settings": get("What a page needs to know of the server."),
      "/health": get("Whether the server works."),
    ]),
  ])

  private static let source = Parameter(name: "source", about: "code of the text's language, or auto")
  private static let target = Parameter(name: "target", about: "code of the language to translate to")
  private static let key = Parameter(name: "api_key", isRequired: false, about: "API key")

  private static func get(_ summary: String) -> JSONTree {
    .members([
      "get": .members([
        "summary": .string(summary), "responses": .members(["200": .members(["description": "the answer"])]),
      ])
    ])
  }

  private static func post(_ summary: String, _ parameters: [Parameter]) -> JSONTree {
    let statuses = [
      ("200", "the answer"), ("400", "a parameter is missing or wrong"), ("403", "the key is not valid"),
      ("429", "too many requests"), ("500", "the text could not be translated"),
    ]
    return .members([
      "post": .members([
        "summary": .string(summary),
        "parameters": .array(
          parameters.map { parameter in
            .members([
              "name": .string(parameter.name), "in": "formData", "type": .string(parameter.type),
              "required": .bool(parameter.isRequired), "description": .string(parameter.about),
            ])
          }),
        "responses": .object(
          statuses.map { .init(key: $0.0, value: .members(["description": .string($0.1)])) }),
      ])
    ])
  }
}
