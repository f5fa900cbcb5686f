package kernels

//go:generate go -C ../../tools run ./vecgen -asm ../internal/kernels/vec_amd64.s -stubs ../internal/kernels/vec_amd64.go -choice ../internal/kernels/vec_choice_amd64.go -others ../internal/kernels/vec_other.go

// Panic texts for callers' mistakes.
const (
	badProbability = "kernels: a probability must be in [0, 1)"
	badLength      = "kernels: the slices have different lengths"
	noVectors      = "kernels: this processor has no AVX2"
)
