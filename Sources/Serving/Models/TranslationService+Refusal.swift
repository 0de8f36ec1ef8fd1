import Terminology
import Translation

extension TranslationService {
  /// Whether the model takes a request.
  ///
  /// - Parameters:
  ///   - request: what is asked of it; whether it takes a glossary does not depend on the terms.
  ///   - wish: asks for more.
  /// - Returns: why it does not take the request; nil if it does.
  func refusal(of request: TranslationRequest, with wish: (inout TranslationRequest) -> Void = { _ in })
    -> TranslationError?
  {
    var request = request
    wish(&request)
    // Many terms take time, and change nothing here.
    if request.glossary != nil { request.glossary = Glossary() }
    do { try validate(request) } catch { return error }
    return nil
  }
}
