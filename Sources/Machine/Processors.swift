internal import CProcessors

/// How many threads can work at the same time: the processors that this process may run on, at least 1.
///
/// On a machine that is shared out these are fewer than it has; more threads would only wait for each other.
package func availableProcessors() -> Int { Int(processors_available()) }
