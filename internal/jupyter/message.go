package jupyter

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-zeromq/zmq4"
)

// message is what this package needs of a Jupyter message: its type, the id of
// the request it belongs to, and its content.
type message struct {
	Type, Parent string
	Content      map[string]any
}

// str returns the string under key, or "".
func (m *message) str(key string) string {
	s, _ := m.Content[key].(string)
	return s
}

// delimiter separates ZeroMQ's routing prefix from the message proper.
const delimiter = "<IDS|MSG>"

// newID returns 128 random bits in hexadecimal: a message id, a session, a key.
func newID() string {
	b := make([]byte, 16)
	rand.Read(b)
	return hex.EncodeToString(b)
}

// sign returns the hexadecimal HMAC-SHA256 of the four JSON parts of a message.
func sign(key []byte, parts [][]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		h.Write(p)
	}
	return []byte(hex.EncodeToString(h.Sum(nil)))
}

// encode builds the frames of a request and returns its id with them.
//
//	<IDS|MSG> · signature · header · parent header · metadata · content
func encode(key []byte, session, typ string, content any) (id string, _ zmq4.Msg, err error) {
	id = newID()
	header, err := json.Marshal(map[string]any{
		"msg_id": id, "session": session, "username": "credence", "version": "5.4",
		"date": time.Now().UTC().Format(time.RFC3339Nano), "msg_type": typ,
	})
	if err != nil {
		return "", zmq4.Msg{}, err
	}
	body, err := json.Marshal(content)
	if err != nil {
		return "", zmq4.Msg{}, fmt.Errorf("jupyter: content of %s: %w", typ, err)
	}
	parts := [][]byte{header, []byte("{}"), []byte("{}"), body}
	frames := append([][]byte{[]byte(delimiter), sign(key, parts)}, parts...)
	return id, zmq4.NewMsgFrom(frames...), nil
}

// decode reads the frames of a message and checks its signature. It returns
// nil for what is no message of ours: wrong frames, a foreign key, broken JSON.
func decode(key []byte, frames [][]byte) *message {
	for i := range frames {
		if string(frames[i]) != delimiter {
			continue
		}
		if len(frames) < i+6 {
			return nil
		}
		parts := frames[i+2 : i+6]
		if !hmac.Equal(sign(key, parts), frames[i+1]) {
			return nil
		}
		var header, parent struct {
			Type string `json:"msg_type"`
			ID   string `json:"msg_id"`
		}
		m := &message{}
		if json.Unmarshal(parts[0], &header) != nil || json.Unmarshal(parts[3], &m.Content) != nil {
			return nil
		}
		json.Unmarshal(parts[1], &parent) // may be empty: a message without a parent
		m.Type, m.Parent = header.Type, parent.ID
		return m
	}
	return nil
}
