package kernels

// Noise fills dst with the standard normal numbers that [Normals] gives in float32,
// widened if T is float64: a step in either precision sees the same noise.
func Noise[T Float](r *Rand, dst []T) {
	if d, ok := any(dst).([]float32); ok {
		Normals(r, d)
		return
	}
	var piece [256]float32 // a multiple of Normals' blocks
	for len(dst) > 0 {
		p := piece[:min(len(piece), len(dst))]
		Normals(r, p)
		for i, v := range p {
			dst[i] = T(v)
		}
		dst = dst[len(p):]
	}
}
