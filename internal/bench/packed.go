package bench

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Millinats are numbers from 0 to 65.535, stored to a thousandth in two bytes each, as
// base64: a result with thousands of images stays a file that can be committed.
type Millinats []float64

// MarshalText implements encoding.TextMarshaler.
func (m Millinats) MarshalText() ([]byte, error) {
	var b []byte
	for _, v := range m {
		b = binary.LittleEndian.AppendUint16(b, round(v))
	}
	return []byte(base64.StdEncoding.EncodeToString(b)), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (m *Millinats) UnmarshalText(text []byte) error {
	b, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil || len(b)%2 != 0 {
		return fmt.Errorf("no list of thousandths (%d bytes, %v)", len(b), err)
	}
	*m = nil
	for i := 0; i < len(b); i += 2 {
		*m = append(*m, float64(binary.LittleEndian.Uint16(b[i:]))/1000)
	}
	return nil
}

// Indices are whole numbers, stored in one line of text.
type Indices []int

// MarshalText implements encoding.TextMarshaler.
func (x Indices) MarshalText() ([]byte, error) {
	return []byte(strings.Trim(fmt.Sprint([]int(x)), "[]")), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (x *Indices) UnmarshalText(text []byte) error {
	*x = nil
	for _, word := range strings.Fields(string(text)) {
		i, err := strconv.Atoi(word)
		if err != nil {
			return err
		}
		*x = append(*x, i)
	}
	return nil
}

// round rounds to thousandths, as [Millinats] are stored.
func round(v float64) uint16 { return uint16(min(math.Round(1000*v), math.MaxUint16)) }
