package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"github.com/credence-bnn/credence/internal/proc"
)

// A SpeedCommand starts one side of a row.
type SpeedCommand struct {
	Name string
	Argv func(t SpeedTask, threads int) []string // nil if it has no part in this row
}

// A speedProcess is a side that runs and waits for its turn.
type speedProcess struct {
	SpeedSide
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines *bufio.Scanner
	log   bytes.Buffer
}

// RunSpeed lets all sides work on the task in turns, rounds times for about ms
// milliseconds each, and returns their times by round. The first side is ours and has
// to run; peers that cannot are named as absent.
func RunSpeed(ctx context.Context, t SpeedTask, threads, rounds int, ms float64, sides []SpeedCommand) (SpeedRow, error) {
	row := SpeedRow{Absent: map[string]string{}}
	var err error
	if row.Floor, err = MeasureFloor(ctx); err != nil {
		return row, err
	}
	var running []*speedProcess
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		cancel()
		for _, p := range running {
			p.in.Close()
			_ = p.cmd.Wait() // it has said all it had to say
		}
	}()
	for i, s := range sides {
		argv := s.Argv(t, threads)
		if argv == nil {
			continue
		}
		p, err := startSpeed(ctx, argv)
		switch {
		case err == nil:
			running = append(running, p)
		case ctx.Err() != nil:
			return row, ctx.Err()
		case i == 0:
			return row, err
		default:
			row.Absent[s.Name] = err.Error()
		}
	}
	for range rounds {
		for _, p := range running {
			if err := ctx.Err(); err != nil {
				return row, err
			}
			r, err := p.round(ms)
			if err != nil {
				return row, fmt.Errorf("%s: %w", p.Name, err)
			}
			p.US, p.CPU = append(p.US, r.US), append(p.CPU, r.CPU)
		}
	}
	for _, p := range running {
		row.Sides = append(row.Sides, p.SpeedSide)
	}
	return row, nil
}

// startSpeed starts a side and waits until it has warmed up.
func startSpeed(ctx context.Context, argv []string) (*speedProcess, error) {
	p := &speedProcess{cmd: proc.Command(ctx, argv[0], argv[1:]...)}
	p.cmd.Stderr = &p.log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	p.lines = bufio.NewScanner(out)
	if err := p.read(&p.SpeedSide); err != nil {
		p.in.Close()
		_ = p.cmd.Wait() // the log says more than its exit code
		return nil, fmt.Errorf("%w: %s", err, lastLine(p.log.String()))
	}
	return p, nil
}

// round lets the side work once.
func (p *speedProcess) round(ms float64) (r speedRound, err error) {
	if _, err = fmt.Fprintln(p.in, ms); err == nil {
		err = p.read(&r)
	}
	return r, err
}

// read reads a line of JSON. What else a library prints is not for us.
func (p *speedProcess) read(v any) error {
	for p.lines.Scan() {
		if line := p.lines.Bytes(); bytes.HasPrefix(line, []byte("{")) {
			return json.Unmarshal(line, v)
		}
	}
	return errors.Join(errors.New("ended early"), p.lines.Err())
}

// lastLine returns the last line that says something.
func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
