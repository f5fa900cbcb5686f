package data

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"

	"gonum.org/v1/gonum/mat"
)

// MostPixels bounds what a header may promise; MNIST's 60,000 images have 47 million.
const mostPixels = 1 << 28

// ReadImages reads grey images and their labels in the IDX format of MNIST, plain or
// compressed by gzip:
//
//	images: 00 00 08 03, N, height, width (big-endian, 4 bytes each), then N·height·width bytes
//	labels: 00 00 08 01, N, then N bytes
//
// X is N × height·width, brightness 0…1 (the byte divided by 255), row by row from the
// top left; Y is N × 1, the label, in a column named target. X has no column names.
// Errors name the file's set and which of the two is at fault: another format, shorter
// or longer than its header says, or another number of labels than of images.
func ReadImages(name, target string, images, labels io.Reader) (*Set, error) {
	pixels, dims, err := readIDX(images, 3)
	if err != nil {
		return nil, fmt.Errorf("data: %q: images: %w", name, err)
	}
	class, n, err := readIDX(labels, 1)
	if err != nil {
		return nil, fmt.Errorf("data: %q: labels: %w", name, err)
	}
	if n[0] != dims[0] {
		return nil, fmt.Errorf("data: %q has %d images and %d labels", name, dims[0], n[0])
	}
	if len(pixels) == 0 {
		return nil, fmt.Errorf("data: %q has no pixels", name)
	}
	s := &Set{
		Name:   name,
		X:      mat.NewDense(dims[0], dims[1]*dims[2], nil),
		Y:      mat.NewDense(dims[0], 1, nil),
		YNames: []string{target},
	}
	x, y := s.X.RawMatrix().Data, s.Y.RawMatrix().Data
	for i, v := range pixels {
		x[i] = float64(v) / 255
	}
	for i, v := range class {
		y[i] = float64(v)
	}
	return s, nil
}

// readIDX reads an array of bytes of that many dimensions, unpacking it if need be.
func readIDX(r io.Reader, dimensions int) (values []byte, dims []int, err error) {
	in := bufio.NewReader(r)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unpack, err := gzip.NewReader(in)
		if err != nil {
			return nil, nil, err
		}
		in = bufio.NewReader(unpack)
	}
	head := make([]byte, 4+4*dimensions)
	if _, err := io.ReadFull(in, head); err != nil {
		return nil, nil, fmt.Errorf("no IDX header: %w", err)
	}
	if want := []byte{0, 0, 8, byte(dimensions)}; !bytes.Equal(head[:4], want) {
		return nil, nil, fmt.Errorf("starts with %x, want %x (IDX, bytes in %d dimensions)", head[:4], want, dimensions)
	}
	size := int64(1)
	for k := range dimensions {
		d := binary.BigEndian.Uint32(head[4+4*k:])
		if d > mostPixels || size*int64(d) > mostPixels {
			return nil, nil, fmt.Errorf("its header promises more than %d bytes", mostPixels)
		}
		size *= int64(d)
		dims = append(dims, int(d))
	}
	values, err = io.ReadAll(io.LimitReader(in, size+1)) // grows with what is there, not with what is promised
	if err == nil && int64(len(values)) < size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%d of %d bytes: %w", len(values), size, err)
	}
	if int64(len(values)) > size {
		return nil, nil, fmt.Errorf("longer than the %d bytes its header promises", size)
	}
	return values, dims, nil
}
