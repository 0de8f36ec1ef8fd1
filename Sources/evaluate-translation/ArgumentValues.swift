public import CommandLineArguments
public import Evaluation

// Settings of the library that are options of the command, under the same names.

extension BLEU.Tokenization: ArgumentValue {}
extension SignificanceTest.Method: ArgumentValue {}
