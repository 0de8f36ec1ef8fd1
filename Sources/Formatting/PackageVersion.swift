/// The version of this package, which all its commands and files name.
package let packageVersion = "0.1.0"
