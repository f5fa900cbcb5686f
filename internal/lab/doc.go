// Package lab finds or installs what the notebooks need: the pinned GoNB
// kernel with its tools, its kernelspec "Go (Credence)", and a JupyterLab.
//
//	tools/go.mod ── go build ──▶ <cache>/kernel-<key>/{gonb,goimports,gopls}
//	checkout ──────────────────▶ <cache>/checkouts/<name>-<hash>/data/kernels/credence/kernel.json
//	PyPI ── python3 -m venv ───▶ <cache>/jupyterlab-<version>-py<version>/   (only if no JupyterLab ≥ 4 is on PATH)
//
// <cache> is CREDENCE_CACHE, or credence in the user's cache directory. Nothing
// is written anywhere else, except in the checkout by JupyterLab itself. What
// is there already is kept: a second call costs milliseconds. Every failure is
// one line that says what is wrong and what to do.
//
// [Kernel] is all that headless runs and tests need; [Serve] starts JupyterLab.
package lab
