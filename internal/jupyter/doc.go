// Package jupyter runs notebooks without Jupyter and without Python.
//
// It starts a kernel from its kernelspec, speaks the Jupyter messaging
// protocol 5.4 over ZeroMQ, executes a notebook cell by cell with time limits,
// writes nbformat 4.5, and turns the result into one self-contained HTML page.
//
// The pieces, in the order in which a run uses them:
//
//	ReadSpec   kernel.json → Spec
//	Start      Spec → Kernel (a process and its sockets)
//	Read       file → Notebook
//	Run        executes the code cells of a Notebook in a Kernel
//	Write      Notebook → file
//	Page       Notebook → HTML, formulas rendered, nothing loaded from the net
//
// The protocol: https://jupyter-client.readthedocs.io/en/latest/messaging.html,
// the file format: https://nbformat.readthedocs.io/en/latest/format_description.html.
package jupyter
