// Package guard holds the tests that keep the house in order: which package may
// import which, what an outside module inherits, that the module can be renamed,
// how long a file may grow, and that nothing in the checkout is tied to the machine
// it was written on. It has no code of its own.
package guard
