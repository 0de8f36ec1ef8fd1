import Files
import HTTPServer

/// The parameters of a request, wherever it has them: in a JSON object, in a form, or behind the question mark.
struct RequestFields {
  private let form: FormFields
  private let object: JSONTree?

  /// Why parameters cannot be read.
  enum Failure: Error, Equatable {
    case invalidJSON(String)
    case invalidForm
  }

  /// - Throws: ``Failure`` if the body is not what its type says.
  init(_ request: HTTPRequest) throws(Failure) {
    switch request.contentType {
    // Some clients name a type for a body that they do not send.
    case _ where request.body.isEmpty: (object, form) = (nil, request.query)
    case let type where type == "application/json" || type.hasSuffix("+json"):
      form = FormFields()
      let tree: JSONTree
      do { tree = try JSONParser.parse(request.body[...]) } catch {
        throw .invalidJSON("line \(error.line): found \(error.found), expected \(error.expected)")
      }
      guard case .object = tree else { throw .invalidJSON("found \(tree.words), expected an object") }
      object = tree
    case "multipart/form-data":
      object = nil
      guard let body = MultipartBody(request.body, contentType: request.headers["Content-Type"] ?? "") else {
        throw .invalidForm
      }
      form = body.fields + request.query
    case "application/x-www-form-urlencoded":
      (object, form) = (nil, FormFields(urlEncoded: request.body[...]) + request.query)
    default:
      (object, form) = (nil, request.query)
    }
  }

  private init(object: JSONTree) { (form, self.object) = (FormFields(), object) }

  /// Whether the parameters come as JSON.
  var isJSON: Bool { object != nil }

  /// A parameter as text; nil without it.
  subscript(name: String) -> String? { object.map { $0[name]?.fieldText } ?? form[name] }

  /// A parameter as JSON; nil without it, and for one of a form.
  func value(_ name: String) -> JSONTree? { object?[name] }

  /// Texts: one or several, and whether they came as a list.
  func texts(_ name: String) -> (texts: [String], isList: Bool)? {
    guard let object else { return form[name].map { ([$0], false) } }
    if let list = object[name]?.strings { return (list, true) }
    return object[name]?.string.map { ([$0], false) }
  }

  /// The objects of a list, each with its own parameters; nil if there is no such list.
  func objects(_ name: String) -> [RequestFields]? {
    guard case .array(let elements) = object?[name] else { return nil }
    return elements.map { RequestFields(object: $0) }
  }

  /// All values of a parameter that may be repeated in a form, or is a list in JSON.
  func all(_ name: String) -> [String] {
    guard let object else { return form.all(name) }
    return object[name]?.strings ?? object[name]?.string.map { [$0] } ?? []
  }
}
