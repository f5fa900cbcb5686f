package jupyter

import "testing"

func TestMessageSignature(t *testing.T) {
	key := []byte("secret")
	id, msg, err := encode(key, "s", "execute_request", map[string]any{"code": "%%", "silent": false})
	if err != nil {
		t.Fatal(err)
	}
	frames := append([][]byte{[]byte("routing")}, msg.Frames...)
	m := decode(key, frames)
	if m == nil || m.Type != "execute_request" || m.str("code") != "%%" || m.Parent != "" || len(id) != 32 {
		t.Fatalf("got %+v", m)
	}
	if decode([]byte("other"), frames) != nil {
		t.Error("a message signed with another key passed")
	}
	last := len(frames) - 1
	frames[last] = append([]byte(nil), frames[last]...)
	frames[last][3] ^= 1
	if decode(key, frames) != nil {
		t.Error("a changed message passed")
	}
	for n := range frames {
		if decode(key, frames[:n]) != nil {
			t.Errorf("%d frames passed for a message", n)
		}
	}
}
