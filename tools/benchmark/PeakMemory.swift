import Glibc

/// The peak memory of this process in bytes.
var peakResidentBytes: Int {
  var usage = rusage()
  getrusage(RUSAGE_SELF.rawValue, &usage)
  return Int(usage.ru_maxrss) * 1024
}
