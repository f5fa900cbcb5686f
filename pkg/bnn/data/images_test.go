package data_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

const (
	twoImages = "\x00\x00\x08\x03\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x02" + "\x00\xff\x33\x66" // 2 of 1 × 2 pixels
	twoLabels = "\x00\x00\x08\x01\x00\x00\x00\x02" + "\x07\x01"
)

func TestReadImages(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte(twoImages))
	w.Close()
	for _, images := range []string{twoImages, packed.String()} {
		s, err := data.ReadImages("two", "digit", strings.NewReader(images), strings.NewReader(twoLabels))
		if err != nil {
			t.Fatal(err)
		}
		if r, c := s.X.Dims(); r != 2 || c != 2 {
			t.Errorf("%d × %d, want 2 × 2", r, c)
		}
		if got := s.X.RawMatrix().Data; !slices.Equal(got, []float64{0, 1, 0.2, 0.4}) {
			t.Errorf("pixels %v", got)
		}
		if got := s.Y.RawMatrix().Data; !slices.Equal(got, []float64{7, 1}) {
			t.Errorf("labels %v", got)
		}
	}
}

func TestReadImagesRefuses(t *testing.T) {
	huge := "\x00\x00\x08\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
	for _, c := range []struct{ images, labels, want string }{
		{"", twoLabels, "images: no IDX header"},
		{"<!DOCTYPE html><html>", twoLabels, "images: starts with 3c21444f"},
		{twoLabels + twoLabels, twoLabels, "images: starts with 00000801, want 00000803"},
		{twoImages[:18], twoLabels, "images: 2 of 4 bytes: unexpected EOF"},
		{twoImages + "x", twoLabels, "images: longer"},
		{huge, twoLabels, "images: its header promises more"},
		{twoImages, twoLabels[:9], "labels: 1 of 2 bytes"},
		{twoImages, "\x00\x00\x08\x01\x00\x00\x00\x01\x07", "2 images and 1 labels"},
		{"\x00\x00\x08\x03" + strings.Repeat("\x00", 12), "\x00\x00\x08\x01\x00\x00\x00\x00", "no pixels"},
		{"\x1f\x8bnot gzip at all", twoLabels, "images: gzip"},
	} {
		_, err := data.ReadImages("two", "digit", strings.NewReader(c.images), strings.NewReader(c.labels))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.8q: error %v, want one with %q", c.images, err, c.want)
		}
	}
}

// TestVerify checks that a changed byte is noticed, inside a compressed file too.
func TestVerify(t *testing.T) {
	const sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // of "abc", FIPS 180-4
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte("abc"))
	w.Close()
	good := data.About{Name: "letters", Files: []data.File{{Name: "a.txt", SHA256: sum, Content: "abc"}, {Name: "a.gz", SHA256: sum, Content: packed.String()}}}
	if err := good.Verify(); err != nil {
		t.Error(err)
	}
	for _, f := range []data.File{
		{Name: "a.txt", SHA256: sum, Content: "abd"},
		{Name: "a.gz", SHA256: sum, Content: "abc"},
		{Name: "a.gz", SHA256: sum, Content: packed.String()[:packed.Len()-9]},
	} {
		bad := data.About{Name: "letters", Files: []data.File{good.Files[0], f}}
		if err := bad.Verify(); err == nil || !strings.Contains(err.Error(), "letters/"+f.Name) {
			t.Errorf("%s %q: error %v", f.Name, f.Content, err)
		}
	}
}

func ExampleReadImages() {
	s, err := data.ReadImages("two", "digit", strings.NewReader(twoImages), strings.NewReader(twoLabels))
	fmt.Println(s.Len(), s.X.RawRowView(1), s.Y.RawRowView(1), err)
	// Output: 2 [0.2 0.4] [1] <nil>
}

// FuzzReadImages: whatever the bytes are, a set or an error comes back, never a panic or
// more memory than the bytes are worth.
func FuzzReadImages(f *testing.F) {
	f.Add([]byte(twoImages), []byte(twoLabels))
	f.Add([]byte("\x00\x00\x08\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), []byte(twoLabels))
	f.Add([]byte("\x1f\x8b\x08"), []byte{})
	f.Fuzz(func(t *testing.T, images, labels []byte) {
		s, err := data.ReadImages("fuzz", "digit", bytes.NewReader(images), bytes.NewReader(labels))
		if err == nil && s.Err() != nil {
			t.Error(s.Err())
		}
	})
}
