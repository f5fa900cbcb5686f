package kernels

// An Image is the shape of an image: H rows of W pixels of C channels, in this order.
type Image struct{ H, W, C int }

// Len returns the number of values of an image.
func (m Image) Len() int { return m.H * m.W * m.C }

// places returns how many squares of size × size fit into the image, one beside the
// other by the given step: h rows of w.
func (m Image) places(size, step int) (h, w int) {
	return (m.H-size)/step + 1, (m.W-size)/step + 1
}

// Patches lays out what convolutions look at: a row of size·size·C values, line by
// line, for every place of a size × size square in every image of x (n × H·W·C), row
// by row. patches is (n·(H−size+1)·(W−size+1) × size·size·C).
func Patches[T Float](patches, x []T, m Image, size int) {
	h, w := m.places(size, 1)
	run, line, row := size*m.C, m.W*m.C, w*size*size*m.C
	sameLength(len(x)%m.Len() == 0 && len(patches) == len(x)/m.Len()*h*row)
	for to := 0; len(x) > 0; x = x[m.Len():] {
		for r := range h {
			from := x[r*line:]
			if vectors[T]() {
				patchesVec(at(patches[to:]), at(from), w, size, run, line, m.C, len(patches)-to)
				to += row
				continue
			}
			for place := range w {
				for i := range size {
					pixel := place*m.C + i*line
					copy(patches[to:to+run], from[pixel:])
					to += run
				}
			}
		}
	}
}

// AddPatches adds what [Patches] has copied from an element of x to that element: the
// gradient of Patches.
func AddPatches[T Float](x, patches []T, m Image, size int) {
	h, w := m.places(size, 1)
	run, line, row := size*m.C, m.W*m.C, w*size*size*m.C
	sameLength(len(x)%m.Len() == 0 && len(patches) == len(x)/m.Len()*h*row)
	for len(x) > 0 {
		for r := range h {
			to := x[r*line : m.Len()]
			if vectors[T]() {
				addPatchesVec(at(patches), at(to), w, size, run, line, m.C, len(to))
				patches = patches[row:]
				continue
			}
			for place := range w {
				for i := range size {
					pixel := to[place*m.C+i*line:]
					for j, v := range patches[:run] {
						pixel[j] += v
					}
					patches = patches[run:]
				}
			}
		}
		x = x[m.Len():]
	}
}

// MaxPool writes the largest value of each channel in each size × size square over y,
// and over top which element of x it is: the first of equal ones. Squares do not
// overlap, and what lies beyond the last one is left out: y and top have
// n·⌊H/size⌋·⌊W/size⌋·C elements for the n images of x.
func MaxPool[T Float](y []T, top []int32, x []T, m Image, size int) {
	h, w := m.places(size, size)
	line := m.W * m.C
	images := len(x) / m.Len()
	sameLength(len(x)%m.Len() == 0 && len(y) == images*h*w*m.C && len(top) == len(y))
	to := 0
	for image := range images {
		for r := range h {
			corner := image*m.Len() + r*size*line
			if vectors[T]() {
				var first [16]int32
				for i := range first {
					first[i] = int32(corner + i)
				}
				maxPoolVec(at(y[to:]), &top[to], at(x[corner:]), &first, w, size, line, m.C)
				to += w * m.C
				continue
			}
			for place := range w {
				for k := range m.C {
					first := corner + place*size*m.C + k
					best := first
					for i := range size {
						for j := range size {
							if at := first + i*line + j*m.C; x[at] > x[best] {
								best = at
							}
						}
					}
					y[to], top[to] = x[best], int32(best)
					to++
				}
			}
		}
	}
}
