// Package chapter checks that a notebook is a chapter of the course as the
// course promises it: its parts are there and in order ([Template]), every
// number in its prose is a value that a cell printed ([Numbers]), what it shows
// is what it shows when executed again ([Stale]), and its page needs nothing
// from the net ([Page]).
//
// All checks look at an executed notebook and execute nothing themselves.
package chapter
