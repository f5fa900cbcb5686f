// Package site writes the course as a website: one page a chapter and one an exercise,
// a page of contents, and an index to search in. It needs no server of its own, no
// build step and no network: any static host will do, and so does a file manager.
//
// Chapters are taken as they lie in notebooks/, with their outputs; nothing is executed.
package site
