package import Files

/// The weights of a CTranslate2 model: `model.bin`, binary versions 2 to 6.
///
/// ```
/// u32 version | text name | u32 revision | u32 n | n × variable | from version 3: u32 m | m × { text alias, text name }
/// text: u16 length with NUL | bytes | NUL
/// variable: text name | u8 rank | rank × u32 | from version 4: u8 type | u32 bytes; before: u8 item size | u32 items | data
/// ```
///
/// Source: `src/models/model.cc` and `python/ctranslate2/specs/model_spec.py` of OpenNMT/CTranslate2.
package struct CTranslate2Model: Sendable {
  /// The binary version.
  package let version: Int
  /// What kind of model it is, such as `TransformerSpec`, and the revision of its variables.
  package let specification: String
  package let revision: Int
  /// The variables in the order of the file.
  package let variables: [ForeignTensor]
  /// Other names of variables; an alias of `x` also stands for `x_scale` and `x_zero`.
  package let aliases: [Alias]
  /// The file's path, for messages.
  package let path: String

  /// Another name of a variable.
  package struct Alias: Sendable, Equatable {
    package let name: String
    package let variable: String

    package init(name: String, variable: String) { (self.name, self.variable) = (name, variable) }
  }

  /// Opens a file and checks all its lengths.
  ///
  /// - Throws: ``FileError``, which names the variable and the problem.
  package init(path: String) throws(FileError) { try self.init(FileBytes(path: path)) }

  /// Checks the bytes of a file.
  ///
  /// - Throws: see ``init(path:)``.
  package init(_ bytes: FileBytes) throws(FileError) {
    var parser = CTranslate2Parser(bytes)
    path = bytes.path
    version = try parser.version()
    specification = try parser.text("the name of the specification")
    revision = Int(try parser.number(UInt32.self, "the revision"))
    variables = try parser.variables(version: version)
    aliases = version >= 3 ? try parser.aliases() : []
    try parser.finish()
  }

  /// The variables by all their names.
  ///
  /// - Throws: ``FileError`` if a name occurs twice, or an alias stands for nothing.
  package func tensorFile() throws(FileError) -> TensorFile {
    let plain = try TensorFile(path: path, tensors: variables)
    var all = variables
    for alias in aliases {
      guard let variable = plain[alias.variable] else {
        throw .invalidFormat(
          path: path, place: "alias '\(alias.name)'", found: "no variable '\(alias.variable)'",
          expected: "one that it stands for", hint: "the file is damaged; copy it again")
      }
      all.append(variable.renamed(alias.name))
      for suffix in ["_scale", "_zero"] {
        if let scale = plain[alias.variable + suffix] { all.append(scale.renamed(alias.name + suffix)) }
      }
    }
    return try TensorFile(path: path, tensors: all)
  }
}

extension ForeignTensor {
  fileprivate func renamed(_ name: String) -> ForeignTensor {
    ForeignTensor(
      name: name, shape: shape, type: type, order: order, multiplier: multiplier, source: source)
  }
}
